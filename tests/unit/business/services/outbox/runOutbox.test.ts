import { describe, expect, it } from 'vitest'
import type { RecordingAnswer, RecordingGateway } from '../../../../../business/gateways/calls/callGateway.ts'
import { AppError } from '../../../../../business/models/appError.ts'
import type { ConversationToAnalyse } from '../../../../../business/models/callFindings.ts'
import type { OutboxJob, OutboxResult } from '../../../../../business/models/outboxJob.ts'
import { runOutbox, type OutboxDeps } from '../../../../../business/services/outbox/runOutbox.ts'
import { withoutMoney } from '../../../../support/withoutMoney.ts'

const copyJob = (id: number, changes: Partial<OutboxJob> = {}): OutboxJob => ({
  id, kind: 'copy_recording', tries: 1, payload: { call_id: `call-${id}`, account_id: 'account', provider: 'vapi', connection_id: null, provider_call_id: `p-${id}` }, ...changes,
})
type Channels = 1 | 2
const audio = (): RecordingAnswer => ({ kind: 'ready', body: new Blob(['audio']).stream() as ReadableStream<Uint8Array>, content_type: 'audio/mpeg', extension: 'mp3' })

interface Script {
  rounds: OutboxJob[][]
  recording?: (channels: Channels) => RecordingAnswer
  store?: () => number
  recordFails?: number
  toDelete?: (id: number) => { path: string } | null
  remove?: (path: string) => void
  erase?: RecordingGateway['eraseCall']
  conversation?: ConversationToAnalyse | null
}

function stage({
  rounds, recording = audio, store = () => 5, recordFails, toDelete = () => null, remove = () => undefined, erase, conversation = null,
}: Script) {
  let now = 0
  const seen = { results: {} as Record<number, OutboxResult>, stored: [] as string[], opened: [] as string[], logged: [] as string[] }
  const deps: OutboxDeps = {
    outbox: {
      claim: async () => { now += 16_000; return rounds.shift() ?? [] },
      record: async (id, result) => {
        if (id === recordFails) throw new Error('database away')
        seen.results[id] = result
        return { state: 'done' }
      },
      getInvitationMail: async () => null,
      getNoticeMail: async () => null,
      recordingToDelete: async (id) => toDelete(id),
      callToAnalyse: async () => conversation,
    },
    recordings: { store: async (path, _body, type) => { seen.stored.push(`${path} ${type}`); return store() }, remove: async (path) => remove(path) },
    recordingGatewayOf: async ({ provider, connection_id }) => provider !== 'vapi' || connection_id === 'gone'
      ? null
      : { openRecording: async (id, { channels }) => { seen.opened.push(`${id} ${channels}`); return recording(channels) }, ...(erase && { eraseCall: erase }) },
    ...withoutMoney,
    email: null,
    clock: () => now,
    log: (level, event) => { seen.logged.push(`${level} ${event}`) },
  }
  return { deps, seen }
}

describe('runOutbox', () => {
  it('copies a recording under the path of its account and call', async () => {
    const { deps, seen } = stage({ rounds: [[copyJob(1)]] })
    expect(await runOutbox(deps)).toEqual({ done: 1 })
    expect(seen.opened, 'the voices apart, and nothing else').toEqual(['p-1 2'])
    expect(seen.stored).toEqual(['account/call-1.mp3 audio/mpeg'])
    expect(seen.results[1]).toEqual({ ok: true, path: 'account/call-1.mp3', content_type: 'audio/mpeg', bytes: 5, channels: 2 })
  })

  describe('takes a mixed recording', () => {
    const copied = async (job: OutboxJob, stereo: () => RecordingAnswer, store?: () => number) => {
      const { deps, seen } = stage({ rounds: [[job]], recording: (channels) => (channels === 2 ? stereo() : audio()), store })
      await runOutbox(deps)
      return { result: seen.results[1], ...seen }
    }
    const mixed = { ok: true, path: 'account/call-1.mp3', channels: 1 }

    it('at once where the provider keeps no voices apart', async () => {
      const { result, opened } = await copied(copyJob(1), () => ({ kind: 'absent', cause: 'HTTP 404' }))
      expect(result).toMatchObject(mixed)
      expect(opened).toEqual(['p-1 2', 'p-1 1'])
    })

    it('where the voices apart are too large for the bucket', async () => {
      let stores = 0
      const { result } = await copied(copyJob(1), audio, () => {
        stores++
        if (stores === 1) throw new AppError('too_large', 'HTTP 413')
        return 5
      })
      expect(result).toMatchObject({ ...mixed, bytes: 5 })
    })

    it('after three tries for the voices apart that the provider did not give, and not before', async () => {
      const broken = (): RecordingAnswer => ({ kind: 'not_ready', cause: 'HTTP 500' })
      const third = await copied(copyJob(1, { tries: 3 }), broken)
      expect(third.result).toEqual({ ok: false, error: 'HTTP 500', is_final: false })
      expect(third.opened).toEqual(['p-1 2'])
      expect((await copied(copyJob(1, { tries: 4 }), broken)).result).toMatchObject(mixed)
    })
  })

  it('tries again later while the recording is not ready, and gives up one that is gone', async () => {
    const later = stage({ rounds: [[copyJob(1)]], recording: () => ({ kind: 'not_ready', cause: 'HTTP 404' }) })
    await runOutbox(later.deps)
    expect(later.seen.results[1]).toEqual({ ok: false, error: 'HTTP 404', is_final: false })
    const gone = stage({ rounds: [[copyJob(1)]], recording: () => ({ kind: 'gone', cause: 'HTTP 410' }) })
    await runOutbox(gone.deps)
    expect(gone.seen.results[1]).toEqual({ ok: false, error: 'HTTP 410', is_final: true })
  })

  it('gives up a recording that is too large, but not a storage that is away', async () => {
    const fails = async (code: 'too_large' | 'unavailable') => {
      const { deps, seen } = stage({ rounds: [[copyJob(1)]], store: () => { throw new AppError(code, code) } })
      await runOutbox(deps)
      return seen.results[1]
    }
    expect(await fails('too_large')).toEqual({ ok: false, error: 'too_large', is_final: true })
    expect(await fails('unavailable')).toEqual({ ok: false, error: 'unavailable', is_final: false })
  })

  it('deletes a recording that the database still wants to be deleted, and no other', async () => {
    const removed: string[] = []
    const remove = (path: string) => void removed.push(path)
    const job = (id: number): OutboxJob => ({ id, kind: 'delete_recording', tries: 1, payload: { call_id: 'c' } })
    const { deps, seen } = stage({ rounds: [[job(1), job(2)]], remove, toDelete: (id) => (id === 1 ? { path: 'a/c.mp3' } : null) })
    await runOutbox(deps)
    expect(removed).toEqual(['a/c.mp3'])
    expect(seen.results).toEqual({ 1: { ok: true, is_deleted: true }, 2: { ok: true, is_deleted: false } })
    const away = stage({ rounds: [[job(1)]], toDelete: () => ({ path: 'a/c.mp3' }), remove: () => { throw new AppError('unavailable', 'HTTP 500') } })
    await runOutbox(away.deps)
    expect(away.seen.results[1], 'tried again later').toEqual({ ok: false, error: 'HTTP 500', is_final: false })
  })

  it('has the provider forget a call, and says so only where it did', async () => {
    const resultWith = async (erase?: RecordingGateway['eraseCall'], payload: object = {}) => {
      const { deps, seen } = stage({ rounds: [[copyJob(1, { kind: 'erase_call', payload: { ...(copyJob(1).payload as object), ...payload } })]], erase })
      await runOutbox(deps)
      return seen.results[1]
    }
    expect(await resultWith(async (id) => (id === 'p-1' ? { kind: 'erased' } : { kind: 'not_erased', cause: id }))).toEqual({ ok: true, is_deleted: true })
    expect(await resultWith(async () => ({ kind: 'not_erased', cause: 'HTTP 503' }))).toEqual({ ok: false, error: 'HTTP 503', is_final: false })
    expect(await resultWith(), 'a provider that offers nothing of the kind').toEqual({ ok: true, is_deleted: false })
    expect(await resultWith(undefined, { provider: 'elsewhere' })).toMatchObject({ ok: false, is_final: false })
  })

  it('leaves to a later version what this one does not understand', async () => {
    const { deps, seen } = stage({ rounds: [[copyJob(1, { kind: 'fax' }), copyJob(2, { payload: {} }), copyJob(3, { payload: { ...(copyJob(3).payload as object), provider: 'elsewhere' } })]] })
    await runOutbox(deps)
    for (const id of [1, 2, 3]) expect(seen.results[id]).toMatchObject({ ok: false, is_final: false })
  })

  it('goes on with the others when one answer cannot be stored', async () => {
    const { deps, seen } = stage({ rounds: [[copyJob(1), copyJob(2)]], recordFails: 1 })
    await runOutbox(deps)
    expect(seen.results).toHaveProperty('2')
    expect(seen.logged).toContain('error job.broken')
  })

  it('begins no round after thirty seconds', async () => {
    const { deps } = stage({ rounds: [[copyJob(1)], [copyJob(2)], [copyJob(3)]] })
    expect(await runOutbox(deps)).toEqual({ done: 2 })
  })

  it('keeps jobs about money and mail for an installation that can do them', async () => {
    const jobs = [{ kind: 'charge_card', payload: { order_id: 'o' } }, { kind: 'sync_cards', payload: { account_id: 'a', customer_id: 'c' } },
      { kind: 'send_mail', payload: { to: 'a@example.com', template: 'low_balance', values: {} } }]
    const { deps, seen } = stage({ rounds: [jobs.map((job, index) => copyJob(index + 1, job))] })
    await runOutbox(deps)
    for (const id of [1, 2]) expect(seen.results[id]).toEqual({ ok: false, error: 'no payment provider', is_final: false })
    expect(seen.results[3]).toEqual({ ok: false, error: 'no mail service', is_final: false })
  })
})
