/** The official SDK, pointed at the simulator. */
import { Vapi, VapiClient } from '@vapi-ai/server-sdk'
import { expect, test } from 'vitest'
import type { VapiSimulator } from '../../../../supabase/local/simulators/vapi/index.ts'
import { GREETING, KEY, LINE, simulator } from './support.ts'

const client = (vapi: VapiSimulator, token = KEY) => new VapiClient({ token, baseUrl: vapi.url, maxRetries: 0 })
const order = (number: string, name: string): Vapi.CreateCallDto => ({ name, phoneNumberId: LINE, customer: { number, name: 'Grace Hopper' }, assistant: { firstMessage: GREETING, maxDurationSeconds: 300 } })

test('creates, gets, lists and deletes', async () => {
  const vapi = await simulator()
  const { calls } = client(vapi)
  const created = await calls.create(order('+12124567808', 'attempt-1')) as Vapi.Call
  expect(created).toMatchObject({ status: 'queued', name: 'attempt-1' })
  await vapi.quiet()
  const got = await calls.get({ id: created.id })
  expect(got).toMatchObject({ id: created.id, status: 'ended', endedReason: 'customer-ended-call', analysis: { successEvaluation: 'false' } })
  const listed = await calls.list({ phoneNumberId: LINE, createdAtGe: new Date(Date.now() - 60_000).toISOString(), limit: 1000 })
  expect(listed.map((call) => call.name)).toEqual(['attempt-1'])
  await calls.delete({ id: created.id })
  await expect(calls.get({ id: created.id })).rejects.toMatchObject({ statusCode: 404 })
})

test('throws the SDK\'s own errors', async () => {
  const vapi = await simulator()
  await expect(client(vapi, 'wrong').calls.list()).rejects.toMatchObject({ statusCode: 401 })
  const refused = client(vapi).calls.create(order('12', 'attempt-2'))
  await expect(refused).rejects.toThrow(Vapi.BadRequestError)
  await expect(refused).rejects.toMatchObject({ statusCode: 400, body: { message: expect.arrayContaining([expect.stringContaining('E.164')]) } })
})

test('shows a hidden retry as a violation', async () => {
  const vapi = await simulator()
  vapi.fault('error_after_accept')
  const retrying = new VapiClient({ token: KEY, baseUrl: vapi.url, maxRetries: 1 })
  await expect(retrying.calls.create(order('+12124567808', 'attempt-3'))).rejects.toMatchObject({ statusCode: 409 })
  expect(vapi.calls()).toHaveLength(1)
  expect(vapi.violations()).toEqual(['The attempt attempt-3 was originated more than once.'])
})
