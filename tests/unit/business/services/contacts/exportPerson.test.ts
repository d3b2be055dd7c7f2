import { expect, it, vi } from 'vitest'
import { exportPerson } from '../../../../../business/services/contacts/exportPerson.ts'

const person = (id: string, more: object = {}) => ({ id, name: 'Ada', phone: `+1202555010${id}`, account_id: 'a', replaces: null, replaced_by: null, next_attempts: [{}], calls: [{}], notes: [{ body: 'likes tea' }], ...more })
const call = (id: string, recording_path: string | null = null) => ({ id, phone: '+12025550101', talk_seconds: 61, price_micros: 7, ledger: {}, reserved_seconds: 300, transcript: { turns: [{ text: 'Hello' }] }, recording_path })

function deps() {
  const people: Record<string, object> = { 1: person('1', { replaced_by: '2' }), 2: person('2', { replaces: '1' }) }
  return {
    contacts: {
      exportPage: vi.fn(async () => ({ rows: [], next_cursor: null })),
      get: vi.fn(async (id: string) => people[id]),
      timeline: vi.fn(async (_id: string, cursor: unknown) => (cursor === null ? { rows: [{ key: 'one' }], next_cursor: 1 } : { rows: [{ key: 'two' }], next_cursor: null })),
    },
    calls: {
      list: vi.fn(async ({ contact_id }: { contact_id?: string }) => ({ rows: contact_id === '1' ? [{ id: 'x' }, { id: 'y' }] : [{ id: 'z' }], next_cursor: null })),
      get: vi.fn(async (id: string) => call(id, id === 'y' ? 'a/y.mp3' : null)),
      fetchRecording: vi.fn(async () => new Blob(['sound'])),
    },
    doNotCall: { history: vi.fn(async (_account: string, phone: string) => [{ change: 'added', phone }]) },
    pack: vi.fn(async (_files: Record<string, Blob>) => new Blob(['zip'])),
  }
}
const task = { account_id: 'a', contact_id: '2', withRecordings: true, readme: 'one\ntwo' }
const run = (given: ReturnType<typeof deps>, more: object = {}, signal = new AbortController().signal, onRows: (count: number) => void = () => {}) =>
  exportPerson(given as never, { ...task, ...more }, { signal, onRows })

it('gathers a person with every number they had, each call whole but for what it cost, and the sound of calls', async () => {
  const given = deps()
  const counted: number[] = []
  expect(await (await run(given, {}, undefined, (count) => counted.push(count)))!.text()).toBe('zip')
  expect(given.contacts.exportPage, 'logged first').toHaveBeenCalledExactlyOnceWith({ account_id: 'a', contact_ids: ['2'] }, null)
  const files = given.pack.mock.calls[0]![0]
  expect(Object.keys(files)).toEqual(['README.txt', 'person.json', 'calls.json', 'recordings/y.mp3'])
  expect(await files['README.txt']!.text()).toBe('one\r\ntwo')
  const told = JSON.parse(await files['person.json']!.text()) as Record<string, unknown>[]
  expect(told).toMatchObject([{ id: '2', timeline: [{ key: 'one' }, { key: 'two' }], do_not_call_history: [{ phone: '+12025550102' }], notes: [{ body: 'likes tea' }] }, { id: '1' }])
  expect(Object.keys(told[0]!)).not.toEqual(expect.arrayContaining(['next_attempts']))
  const calls = JSON.parse(await files['calls.json']!.text()) as Record<string, unknown>[]
  expect(calls.map(({ id }) => id)).toEqual(['z', 'x', 'y'])
  expect(calls[0]).toMatchObject({ talk_seconds: 61, transcript: { turns: [{ text: 'Hello' }] } })
  for (const own of ['price_micros', 'ledger', 'reserved_seconds', 'recording_path']) expect(calls[0]).not.toHaveProperty(own)
  expect(counted).toEqual([1, 2, 3])
})

it('leaves recordings out where nobody wants them', async () => {
  const given = deps()
  await run(given, { withRecordings: false })
  expect(given.calls.fetchRecording).not.toHaveBeenCalled()
})

it('makes no file once it is stopped, whatever it is at', async () => {
  const given = deps()
  const stop = new AbortController()
  expect(await run(given, {}, stop.signal, () => stop.abort())).toBeNull()
  const late = new AbortController()
  given.calls.fetchRecording.mockImplementationOnce(async () => {
    late.abort()
    return new Blob()
  })
  expect(await run(given, {}, late.signal)).toBeNull()
  expect(given.pack).not.toHaveBeenCalled()
})
