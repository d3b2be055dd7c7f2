import { describe, expect, it } from 'vitest'
import type { ActivityLine, ActivityPage } from '../../../../../business/models/activity.ts'
import { exportActivity } from '../../../../../business/services/activity/exportActivity.ts'
import { openTableFile } from '../../../../../business/services/tableFile.ts'

const line = (id: number): ActivityLine => ({ id, created_at: '2026-01-01T00:00:00.000001Z', actor_id: null, actor_kind: 'system', actor_name: null, verb: 'tag.created', subject_type: 'tag', subject_id: 't',
  subject_name: '=1+1', details: {}, changes: { role: { before: 'a', after: 'b' } }, ip: '203.0.113.9', user_agent: 'Firefox', request_id: 'r' })
const words = { columnOf: (name: string) => name, actorOf: () => 'Outdial', textOf: ({ verb }: ActivityLine) => verb, changeOf: ({ field }: { field: string }) => field }

describe('exportActivity', () => {
  it('writes every page, in the order of the log, and no formula', async () => {
    const activity = { search: (_account: string, _conditions: object, cursor: unknown): Promise<ActivityPage> =>
      Promise.resolve(cursor === null ? { rows: [line(2)], next_cursor: { id: 2 } } : { rows: [line(1)], next_cursor: null }) }
    const progress = { signal: new AbortController().signal, onRows: () => undefined }
    const file = await exportActivity({ activity, file: openTableFile('csv') }, { account_id: 'a', conditions: {}, words }, progress)
    const lines = (await file!.text()).replace('\uFEFF', '').split('\r\n').filter(Boolean)
    expect(lines[0]).toBe('time,who,what,about,changes,ip,browser,request,id')
    expect(lines.slice(1).map((text) => text.split(',').at(-1))).toEqual(['2', '1'])
    expect(lines[1]).not.toMatch(/,=1/)
  })

  it('is nothing when it was stopped', async () => {
    const stop = new AbortController()
    stop.abort()
    const activity = { search: (): Promise<ActivityPage> => Promise.resolve({ rows: [line(1)], next_cursor: null }) }
    expect(await exportActivity({ activity, file: openTableFile('csv') }, { account_id: 'a', conditions: {}, words }, { signal: stop.signal, onRows: () => undefined })).toBeNull()
  })
})
