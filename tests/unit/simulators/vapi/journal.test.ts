/** What the carrier still knows when it comes back. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { KEY, order, place, request, simulator, STILL, type Answer } from './support.ts'

function journalFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'outdial-carrier-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'carrier.jsonl')
}

const NOON = Date.parse('2026-03-02T12:00:00Z')

/** Places a call, ends the carrier while it is queued, and starts another an hour later. */
async function restarted(body: Record<string, unknown>, { fault, file = journalFile() }: { fault?: string, file?: string } = {}) {
  const before = await simulator({ journalFile: file, speed: STILL, now: () => new Date(NOON) })
  if (fault) before.fault(fault)
  const { body: call } = await place(before, body)
  await before.close()
  const after = await simulator({ journalFile: file, now: () => new Date(NOON + 3_600_000) })
  return { before, after, id: call.id, file, read: async () => (await request(after, `GET /call/${call.id}`)) }
}

describe('a call that was running when the carrier ended', () => {
  test('has ended since, as it would have, and its recording plays', async () => {
    const { after, id, read } = await restarted(order('+12124567807'))
    const { body: call } = await read() as Answer & { body: { artifact: { transcript: string }, startedAt: string, endedAt: string } }
    expect(call).toMatchObject({ status: 'ended', endedReason: 'assistant-ended-call', analysis: { successEvaluation: 'true' } })
    expect(call.artifact.transcript).toContain('Thursday')
    expect([Date.parse(call.startedAt) >= NOON, Date.parse(call.endedAt) < NOON + 120_000]).toEqual([true, true])
    const recording = await fetch(`${after.url}/call/${id}/mono-recording`, { headers: { authorization: `Bearer ${KEY}` } })
    expect((await recording.arrayBuffer()).byteLength).toBeGreaterThan(100_000)
  })

  test('has not ended later than now', async () => {
    const file = journalFile()
    const before = await simulator({ journalFile: file, speed: STILL })
    await place(before, order('+12124567807'))
    await before.close()
    const after = await simulator({ journalFile: file })
    expect(after.calls()[0]?.endedAt?.getTime()).toBeLessThanOrEqual(Date.now())
  })

  test('cannot be dialled again: its attempt is known', async () => {
    const body = order('+12124567807')
    const { after } = await restarted(body)
    expect((await place(after, body)).status).toBe(409)
    expect(after.violations()).toHaveLength(1)
  })

  test.each([['concurrency_ended', 'call.start.error-subscription-concurrency-limit-reached'], ['hidden_for_3s', 'customer-busy']])('keeps the fault %s', async (fault, endedReason) => {
    const { read } = await restarted(order('+12124567802'), { fault })
    expect((await read()).body.endedReason).toBe(endedReason)
  })

  test('stays refused by the trunk', async () => {
    const file = journalFile()
    const before = await simulator({ journalFile: file, speed: STILL, dialsPerSecond: 1, now: () => new Date(NOON) })
    for (let count = 0; count < 2; count++) await place(before, order('+12124567802'))
    await before.close()
    const after = await simulator({ journalFile: file })
    expect(after.calls().map((call) => call.endedReason)).toEqual(['customer-busy', expect.stringContaining('sip-503')])
  })
})

describe('the journal', () => {
  test('forgets what was erased', async () => {
    const { after, id, file } = await restarted(order('+12124567802'))
    expect((await request(after, `DELETE /call/${id}`)).status).toBe(200)
    const again = await simulator({ journalFile: file })
    expect(again.calls()).toEqual([])
    expect(readFileSync(file, 'utf8')).toBe('')
  })

  test('passes over a line that a crash has torn', async () => {
    const { file } = await restarted(order('+12124567802'))
    appendFileSync(file, '{"id":"half')
    const again = await simulator({ journalFile: file })
    expect(again.calls()).toHaveLength(1)
    await place(again, order('+12124567802'))
    expect((await simulator({ journalFile: file })).calls()).toHaveLength(2)
  })

  test('keeps the last thousand, for its owner alone', async () => {
    const { file } = await restarted(order('+12124567802'))
    const [line = ''] = readFileSync(file, 'utf8').split('\n')
    const { id, ...rest } = JSON.parse(line) as { id: string }
    for (let count = 0; count < 1005; count++) appendFileSync(file, `${JSON.stringify({ ...rest, id: `${id}-${count}` })}\n`)
    const again = await simulator({ journalFile: file })
    expect([again.calls().length, again.calls()[0]?.id]).toEqual([1000, `${id}-5`])
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })
})
