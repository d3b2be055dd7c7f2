import { expect, it, vi } from 'vitest'
import { AppError } from '../../../../business/models/appError.ts'
import { exportAccount } from '../../../../business/services/exportAccount.ts'
import { openZip, readZip } from '../../../../business/services/zip.ts'

const pages: Record<string, Record<string, unknown>[][]> = {
  account: [[{ id: 'a', name: 'Engines' }]],
  contacts: [[{ id: 1, name: '=cmd()', attributes: { plan: 'A' }, email: null }], [{ id: 2, name: 'Ümit', attributes: {}, email: 'u@example.com' }]],
  transcripts: [[{ call_id: 'x', turns: [{ text: 'Hello\nthere' }] }]],
  recordings: [[{ recording_path: 'a/x.mp3' }, { recording_path: 'a/y.mp3' }]],
}
function deps() {
  return {
    accounts: { exportPart: vi.fn(async (_account: string, part: string, cursor: unknown) => {
      const [at, all] = [cursor === null ? 0 : Number(cursor), pages[part] ?? [[]]]
      return { rows: all[at]!, next_cursor: at + 1 < all.length ? at + 1 : null }
    }) },
    calls: { fetchRecording: vi.fn(async (path: string) => {
      if (path === 'a/y.mp3') throw new AppError('unavailable', 'gone')
      return new Blob(['sound'])
    }) },
  }
}
const task = { account_id: 'a', withRecordings: true, readme: 'one\ntwo' }

async function made(given: ReturnType<typeof deps>, more: object = {}, onRows: (count: number) => void = () => {}, signal = new AbortController().signal) {
  const archive = openZip('application/zip', null)
  await exportAccount({ ...given, archive }, { ...task, ...more }, { signal, onRows })
  const files = await readZip((await archive.finish())!)
  return { names: [...files.keys()], text: (name: string) => new Response(files.get(name)!()).text() }
}

it('writes each part that has rows, a page at a time: tables that no spreadsheet runs, lines for what no cell holds', async () => {
  const counted: number[] = []
  const { names, text } = await made(deps(), {}, (count) => counted.push(count))
  expect(names).toEqual(['README.txt', 'account.jsonl', 'contacts.csv', 'transcripts.jsonl', 'recordings/x.mp3', 'recordings/missing.txt'])
  expect(await text('README.txt')).toBe('one\r\ntwo')
  expect(await text('contacts.csv')).toBe('\uFEFFid,name,attributes,email\r\n1,\'=cmd(),"{""plan"":""A""}",\r\n2,Ümit,{},u@example.com\r\n'.replace('\uFEFF', ''))
  expect(JSON.parse(await text('transcripts.jsonl'))).toEqual({ call_id: 'x', turns: [{ text: 'Hello\nthere' }] })
  expect(await text('recordings/missing.txt')).toBe('a/y.mp3')
  expect(counted.at(-1)).toBe(6)
})

it('asks for no recordings where nobody wants them', async () => {
  const given = deps()
  expect((await made(given, { withRecordings: false })).names).not.toContain('recordings/x.mp3')
  expect(given.calls.fetchRecording).not.toHaveBeenCalled()
})

it('breaks off when it is stopped, in the middle of a part', async () => {
  const stop = new AbortController()
  const given = deps()
  await expect(made(given, {}, (count) => count >= 2 && stop.abort(), stop.signal)).rejects.toThrow('aborted')
  expect(given.accounts.exportPart.mock.calls.map(([, part, cursor]) => [part, cursor]).at(-1)).toEqual(['contacts', null])
})

it('fails when a page fails: half an account is no export', async () => {
  const given = deps()
  given.accounts.exportPart.mockRejectedValueOnce(new AppError('unavailable', 'down'))
  await expect(made(given)).rejects.toThrow('down')
  const later = deps()
  later.accounts.exportPart.mockImplementation(async (_account, part, cursor) => {
    if (part === 'contacts' && cursor !== null) throw new AppError('unavailable', 'down')
    return { rows: part === 'contacts' ? [{ id: 1 }] : [], next_cursor: part === 'contacts' ? 1 : null }
  })
  await expect(made(later)).rejects.toThrow('down')
})

it('writes straight to a file of the person where there is one', async () => {
  const bytes: number[] = []
  const archive = openZip('application/zip', new WritableStream({ write: (chunk: Uint8Array) => void bytes.push(chunk.length) }))
  await exportAccount({ ...deps(), archive }, task, { signal: new AbortController().signal, onRows: () => undefined })
  expect(await archive.finish()).toBeNull()
  expect(bytes.reduce((sum, length) => sum + length, 0)).toBeGreaterThan(500)
})
