/** The demo of a running stack: made once, on demand, while everybody can see how far it is. */
import postgres from 'postgres'
import { messageOf } from '../processes.ts'
import type { SimulatedCall } from '../simulators/vapi/call.ts'
import { OWNER, PASSWORD } from './data/texts.ts'
import { makeDemo, type DemoSize } from './makeDemo.ts'
import { signUpPerson } from './signUp.ts'

/** none: nobody asked for it; failed: asking again begins anew. */
export interface DemoState {
  state: 'none' | 'making' | 'ready' | 'failed'
  /** From 0 to 1 while it is made. */
  progress: number
  /** How to sign in, once there is an account. */
  email: string
  password: string
  message: string | null
}

export interface Demo {
  state(): Promise<DemoState>
  /** Begins unless it is there or being made. */
  begin(size: DemoSize): Promise<DemoState>
  /** Ends what is being made; what is there of it is removed before the next one begins. */
  stop(): Promise<void>
}

interface Options {
  apiUrl: string
  publishableKey: string
  databaseUrl: string
  adminUrl: string
  remember: (call: SimulatedCall) => void
  /** Stops the heartbeat until the answer is called: what sweeps the present must not find the past half made. */
  pauseHeart: () => Promise<() => void>
}

export function createDemo(options: Options): Demo {
  let running: Promise<void> | null = null
  let progress = 0
  let failure: string | null = null
  const stopping = new AbortController()
  const make = async (size: DemoSize) => {
    const goOn = await options.pauseHeart()
    try {
      await makeDemo({ ...options, size, signal: stopping.signal, signUp: (person) => signUpPerson(options, person), onProgress: (share) => {
        progress = share
      } })
      await forgetRequests(options.adminUrl)
    } finally {
      goOn()
    }
  }
  const tell = (error: unknown) => {
    failure = messageOf(error)
    if (!stopping.signal.aborted) process.stderr.write(`The demo data could not be made: ${failure}\n`)
  }
  const state = async (): Promise<DemoState> => {
    const name = running ? 'making' : await isMade(options.databaseUrl) ? 'ready' : failure ? 'failed' : 'none'
    return { state: name, progress, message: name === 'failed' ? failure : null, email: OWNER.email, password: PASSWORD }
  }
  return {
    state,
    async begin(size) {
      if (!running && !(await isMade(options.databaseUrl))) {
        progress = 0
        failure = null
        running ??= make(size).catch(tell).finally(() => {
          running = null
        })
      }
      return state()
    },
    async stop() {
      stopping.abort()
      await running
    },
  }
}

async function isMade(databaseUrl: string): Promise<boolean> {
  return ask(databaseUrl, async (sql) => {
    const [table] = await sql`select to_regclass('private.demo') is not null as is_there`
    if (!table?.is_there) return false
    return (await sql`select from private.demo where made_at is not null`).length > 0
  })
}

/** The month's ticks asked for functions that nobody needs any more; the next real tick asks for those it needs. */
async function forgetRequests(adminUrl: string): Promise<void> {
  await ask(adminUrl, (sql) => sql`delete from net.http_request_queue`)
}

async function ask<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 1 })
  }
}
