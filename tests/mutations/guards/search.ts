/** What the command menu may show to whom. */
import { guards } from '../mutation.ts'

export const searchGuards = guards('database/searchEverything', [
  ['their campaigns', 'find_campaigns', 'and (seen is null or k.id = any(seen))', ''],
  ['of the account', 'find_people', 'where p.account_id = find_people.account_id and', 'where'],
  ['visible', 'find_people', 'and (find_people.ids is null or private.sees_contact(p))', ''],
  ['masked', 'find_people', 'private.masked(p.phone, is_visible)', 'p.phone'],
  ['of the account', 'find_campaigns', 'k.account_id = find_campaigns.account_id and', ''],
  ['a member', 'search_everything', 'perform private.require_membership(search_everything.account_id);', ''],
])
