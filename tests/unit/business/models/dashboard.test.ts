import { expect, it } from 'vitest'
import type { Campaign } from '../../../../business/models/campaign.ts'
import { urgentAlerts, type DashboardAlert } from '../../../../business/models/dashboard.ts'

const waits = (campaign_id: string): DashboardAlert => ({ code: 'no_minutes', campaign_id, details: { name: campaign_id } })
const campaign = (id: string, calling: number) => ({ id, counters: { calling } }) as Campaign

it('does not alarm while the campaign’s own calls hold the minutes', () => {
  expect(urgentAlerts({ alerts: [waits('calls'), waits('rests')], running: [campaign('calls', 4), campaign('rests', 0)] })).toEqual([waits('rests')])
})

it('always tells of a low balance and a held line', () => {
  const alerts: DashboardAlert[] = [
    { code: 'low_balance', campaign_id: null, details: { balance_seconds: 60 } },
    { code: 'line_held', campaign_id: 'calls', details: {} },
  ]
  expect(urgentAlerts({ alerts, running: [campaign('calls', 4)] })).toEqual(alerts)
})
