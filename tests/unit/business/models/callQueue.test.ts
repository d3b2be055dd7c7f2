import { expect, it } from 'vitest'
import { groupedByReason, queueReasons, type WaitingCount } from '../../../../business/models/callQueue.ts'
import { waitReasonSchema } from '../../../../business/models/enrolment.ts'

const row = (reason: WaitingCount['reason'], people: number, next_at: string | null = null, name = 'Spring'): WaitingCount =>
  ({ campaign_id: name, campaign_name: name, reason, people, next_at })

it('adds up what campaigns wait for by reason, the most people first, and says when the first of them go on', () => {
  const groups = groupedByReason([row('turn', 3), row('window_closed', 4, '2026-05-02T09:00Z'), row('window_closed', 5, '2026-05-02T08:00Z', 'Autumn'), row('turn', 1, null, 'Autumn')])
  expect(groups.map(({ reason, people, next_at }) => [reason, people, next_at])).toEqual([['window_closed', 9, '2026-05-02T08:00Z'], ['turn', 4, null]])
  expect(groups[0]?.campaigns.map(({ campaign_name }) => campaign_name)).toEqual(['Spring', 'Autumn'])
  expect(groupedByReason([])).toEqual([])
})

it('knows every reason of the engine', () => {
  expect(queueReasons).toEqual(['turn', 'planned', ...waitReasonSchema.options])
})
