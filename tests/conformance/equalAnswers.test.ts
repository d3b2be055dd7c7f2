/** Whoever tries addresses learns from no answer, and from no time that one takes, which of them have an account. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createStack, type TestStack } from '../support/stack.ts'

const PASSWORD = 'Correct#horse7'
const PAIRS = 5
/** A hash makes an answer thirty times slower and takes a tenth of a second; what else goes on here does neither to a median. */
const [MUCH_SLOWER, MUCH_LONGER_MS] = [4, 25]

interface Answer { status: number, body: Record<string, unknown>, ms: number }

describe('an address that is known and one that is not', () => {
  let stack: TestStack
  beforeAll(async () => {
    stack = await createStack()
  })
  afterAll(() => stack.stop())

  const ask = async (path: string, body: object): Promise<Answer> => {
    const began = performance.now()
    const answer = await fetch(`${stack.url}/auth/v1${path}`, { method: 'POST', body: JSON.stringify(body), headers: { apikey: stack.identity.publishableKey, 'content-type': 'application/json' } })
    return { status: answer.status, body: await answer.json() as Record<string, unknown>, ms: performance.now() - began }
  }
  const someAddress = () => `${randomUUID()}@example.com`
  async function knownAddress(): Promise<string> {
    const email = someAddress()
    await ask('/signup', { email, password: PASSWORD })
    await stack.db.admin`update auth.users set email_confirmed_at = now(), confirmation_sent_at = null where email = ${email}`
    return email
  }
  const median = (times: number[]) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]!

  // What a sign-up says of the new person is theirs to see; hosted Auth, too, says it of nobody who was there before.
  test.each([
    ['a wrong password', (email: string) => ask('/token?grant_type=password', { email, password: 'Wrong#horse7' }), (body: object) => body],
    ['a sign-up', (email: string) => ask('/signup', { email, password: PASSWORD }), (body: object) => Object.keys(body).sort()],
    ['a forgotten password', (email: string) => ask('/recover', { email }), (body: object) => body],
    ['a link to sign in', (email: string) => ask('/otp', { email, create_user: true }), (body: object) => body],
    ['a confirmation asked for again', (email: string) => ask('/resend', { type: 'signup', email }), (body: object) => body],
  ])('are answered alike after %s, and after as much work', async (_what, attempt, shown) => {
    const pairs: [Answer, Answer][] = []
    for (let pair = 0; pair < PAIRS; pair++) {
      const known = await knownAddress()
      pairs.push([await attempt(known), await attempt(someAddress())])
    }
    for (const [known, unknown] of pairs) expect([known.status, shown(known.body)]).toEqual([unknown.status, shown(unknown.body)])
    const [known, unknown] = [median(pairs.map(([answer]) => answer.ms)), median(pairs.map(([, answer]) => answer.ms))]
    const [less, more] = [Math.min(known, unknown), Math.max(known, unknown)]
    expect(more < less * MUCH_SLOWER || more < less + MUCH_LONGER_MS, `${known} ms and ${unknown} ms`).toBe(true)
  })
})
