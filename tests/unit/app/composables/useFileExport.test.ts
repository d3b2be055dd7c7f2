// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { useFileExport } from '../../../../app/composables/useFileExport.ts'
import type { ExportProgress } from '../../../../app/stores/tableExport.ts'

const said: string[] = []
vi.mock('../../../../app/composables/useToast.ts', () => ({ useToast: () => ({ success: (text: string) => said.push(text) }) }))
vi.mock('../../../../app/composables/useErrorToast.ts', () => ({ useErrorToast: () => (error: Error) => said.push(`error: ${error.message}`) }))
vi.mock('../../../../app/utils/downloadText.ts', () => ({ downloadFile: ({ name }: { name: string }) => said.push(`file: ${name}`) }))

beforeEach(() => void said.splice(0))

const file = { name: 'calls.csv', type: 'text/csv', content: 'a' }
const done = (name: string, rows: number) => `${name} with ${rows}`

function open() {
  const scope = effectScope()
  return { ...scope.run(() => useFileExport())!, leave: () => scope.stop() }
}

/** Makes rows until it is stopped, as the exports do. */
function slowly({ signal, onRows }: ExportProgress): Promise<typeof file | null> {
  onRows(7)
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(null)))
}

it('counts the rows of a file, hands it over and says so', async () => {
  const { isRunning, rows, run } = open()
  const made = run(async ({ onRows }) => {
    onRows(3)
    return file
  }, done)
  expect([isRunning.value, rows.value]).toEqual([true, 3])
  await made
  expect([isRunning.value, said]).toEqual([false, ['file: calls.csv', 'calls.csv with 3']])
})

it('says nothing of a file that was stopped, by hand or by leaving the page, and makes the next one', async () => {
  for (const how of ['stop', 'leave'] as const) {
    const exporting = open()
    const made = exporting.run(slowly, done)
    exporting[how]()
    await made
    expect([exporting.isRunning.value, said], how).toEqual([false, []])
  }
  const again = open()
  const first = again.run(slowly, done)
  again.stop()
  await first
  await again.run(async () => file, done)
  expect(said).toEqual(['file: calls.csv', 'calls.csv with 0'])
})

it('tells what went wrong and can be asked again', async () => {
  const { isRunning, run } = open()
  await run(() => Promise.reject(new Error('no answer')), done)
  expect([isRunning.value, said]).toEqual([false, ['error: no answer']])
})
