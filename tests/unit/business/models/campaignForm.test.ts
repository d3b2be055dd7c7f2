import { describe, expect, it } from 'vitest'
import { campaignContentOf, campaignFormOf, campaignSchema, emptyCampaign } from '../../../../business/models/campaignForm.ts'

const filled = { ...emptyCampaign('Europe/Berlin'), name: 'Spring', assistant_id: 'a' }
const parse = (changes: object) => campaignSchema.safeParse({ ...filled, ...changes })
const complaintsOf = (changes: object) => parse(changes).error?.issues.map(({ path, message }) => [path.join('.'), message])

describe('the campaign form', () => {
  it('starts with office hours from Monday to Friday', () => {
    expect(emptyCampaign('Europe/Berlin')).toMatchObject({ days: [1, 2, 3, 4, 5], opens_at: '09:00', closes_at: '17:00', time_zone: 'Europe/Berlin' })
  })

  it('asks for a day, an assistant and an end after the beginning', () => {
    expect(complaintsOf({ days: [] })).toEqual([['days', 'campaigns.errors.days']])
    expect(complaintsOf({ assistant_id: null })).toEqual([['assistant_id', 'campaigns.errors.assistant']])
    expect(complaintsOf({ opens_at: '17:00', closes_at: '09:00' })).toEqual([['closes_at', 'campaigns.errors.window']])
  })

  it('lets a draft lack the assistant and the days, not the name', () => {
    expect(parse({ is_draft: true, assistant_id: null, days: [] }).success).toBe(true)
    expect(complaintsOf({ is_draft: true, name: ' ' })).toEqual([['name', expect.any(String)]])
  })

  it('complains of everything in one round', () => {
    expect(complaintsOf({ name: '', assistant_id: null, days: [] })?.map(([field]) => field).sort()).toEqual(['assistant_id', 'days', 'name'])
  })

  it('reads midnight as the end of the day', () => {
    const { data } = parse({ days: [6], opens_at: '00:00', closes_at: '00:00' })
    expect(campaignContentOf(data!).windows).toEqual([{ weekday: 6, opens_at: '00:00', closes_at: '24:00' }])
  })

  it('shows a saved campaign as it was written', () => {
    const content = campaignContentOf(parse({ days: [1, 6], opens_at: '10:00', closes_at: '00:00', max_attempts: '5' }).data!)
    expect(campaignFormOf(content)).toMatchObject({ days: [1, 6], opens_at: '10:00', closes_at: '00:00', max_attempts: '5' })
  })
})
