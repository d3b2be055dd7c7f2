/** `npm run demo`: the demo account, made in the instance that runs or in one that is started for it. */
import { say } from './backend.ts'
import { DEMO_PATH } from './demo/demoApi.ts'
import type { DemoState } from './demo/index.ts'
import { describeProblem } from './problems.ts'
import { runStack } from './runStack.ts'
import { readSettings } from './settings.ts'
import { runningStack } from './stackFile.ts'
import { stopOnSignals, stopWith } from './stops.ts'

const ASK_EVERY_MS = 1_000

async function main(): Promise<void> {
  const settings = readSettings(process.argv.slice(2))
  const stack = runningStack(settings.folder) ?? await runStack(settings)
  if (!stack) return
  const url = `${stack.app_url}${DEMO_PATH}`
  const known = await ask(url)
  const { email, password } = known.state === 'ready' ? known : await made(url)
  say(`\n  The demo account ${known.state === 'ready' ? 'is there already' : 'is ready'}:  ${stack.app_url}\n  Sign in as ${email}, password ${password}.\n`)
}

async function made(url: string): Promise<DemoState> {
  let demo = await ask(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
  say('Making the demo data: three campaigns, 2,000 contacts, a month of calls …')
  let told = 0
  while (demo.state === 'making') {
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS))
    demo = await ask(url)
    const percent = Math.floor(demo.progress * 5) * 20
    if (percent > told) say(`  ${percent} %`)
    told = percent
  }
  if (demo.state !== 'ready') throw new Error(`the demo data could not be made: ${demo.message ?? 'the stack stopped.'} Try again; what was begun is removed first.`)
  return demo
}

async function ask(url: string, order?: RequestInit): Promise<DemoState> {
  const answer = await fetch(url, order)
  if (!answer.headers.get('content-type')?.startsWith('application/json')) throw new Error('this instance calls real phones, so there is no demo in it. Start without VAPI_API_KEY and VAPI_BASE_URL.')
  return await answer.json() as DemoState
}

stopOnSignals()
main().catch((error: unknown) => stopWith(1, `No demo: ${describeProblem(error)}`))
