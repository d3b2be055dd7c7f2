import account_page from './account_page.json'
import assistants from './assistants.json'
import audit from './audit.json'
import auth from './auth.json'
import billing from './billing.json'
import campaign_page from './campaign_page.json'
import call_queue from './call_queue.json'
import calls from './calls.json'
import calling_rules from './calling_rules.json'
import campaigns from './campaigns.json'
import contacts from './contacts.json'
import dashboard from './dashboard.json'
import dispositions from './dispositions.json'
import errors from './errors.json'
import forecast from './forecast.json'
import imports from './imports.json'
import live_calls from './live_calls.json'
import notices from './notices.json'
import operations from './operations.json'
import privacy from './privacy.json'
import proof from './proof.json'
import reports from './reports.json'
import security from './security.json'
import shell from './shell.json'
import team from './team.json'
import test_call from './test_call.json'

/** Every English text, one file per feature: t('contacts.title') is the key "title" of contacts.json. */
export default {
  account_page, assistants, audit, auth, billing, call_queue, calling_rules, calls, campaign_page, campaigns, contacts, dashboard,
  dispositions, errors, forecast, imports, live_calls, notices, operations, privacy, proof, reports, security, shell, team, test_call,
}
