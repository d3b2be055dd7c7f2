/** A person's own number, and the calls that they ask for to it, made by the commands that page and function use. */
import { randomUUID } from 'node:crypto'
import { beginCall, processEvents, report, sendEvent } from './call.ts'
import { newPhone, type Editor } from './campaign.ts'
import { errorOf, type Actor, type TestDatabase } from '../support/database.ts'

interface Placed { call_id: string, dial_in_ms: number }
interface CodeOrder { attempt_id: string, assistant: { greeting: string } }
export interface CodeCall { callId: string, code: string, providerCallId: string }

/** The digits that the assistant speaks. */
export const codeIn = (greeting: string): string => (/code is: ([\d, ]+)\./.exec(greeting)?.[1] ?? '').replace(/\D/g, '')

/** A call with a code that is on its way and was accepted. */
export async function callWithCode(db: TestDatabase, account: Editor, phone: string, actor: Pick<Actor, 'rpc'> = account.owner): Promise<CodeCall> {
  const { call_id: callId } = await actor.rpc<Placed>('request_number_check', { account_id: account.accountId, phone })
  const order = await beginCall<CodeOrder>(db, callId)
  const providerCallId = randomUUID()
  await db.asService().rpc('record_dial', { call_id: callId, result: { kind: 'accepted', provider_call_id: providerCallId } })
  return { callId, code: codeIn(order.assistant.greeting), providerCallId }
}

/** A call with a code that is over. */
export async function spokenCode(db: TestDatabase, account: Editor, phone: string, actor?: Pick<Actor, 'rpc'>): Promise<CodeCall> {
  const call = await callWithCode(db, account, phone, actor)
  await sendEvent(db, report(call.providerCallId, 21))
  await processEvents(db)
  return call
}

/** The number that is now the person's own. */
export async function verifiedNumber(db: TestDatabase, account: Editor, phone = newPhone(), actor: Pick<Actor, 'rpc'> = account.owner): Promise<string> {
  const { code } = await spokenCode(db, account, phone, actor)
  await actor.rpc('confirm_own_number', { code })
  return phone
}

export async function versionOf(account: Editor, assistantId: string, uses_draft = false): Promise<string> {
  const { assistant_version_id: id } = await account.owner.rpc<{ assistant_version_id: string }>('keep_test_version', { assistant_id: assistantId, uses_draft })
  return id
}

export async function requestTest(account: Editor, versionId: string, phone: string): Promise<string> {
  return (await account.owner.rpc<Placed>('request_test_call', { assistant_version_id: versionId, phone })).call_id
}

/** The code of the error, and the reason that it names for the page. */
export async function refusal(work: Promise<unknown>): Promise<[code: string, reason: string | undefined]> {
  const { code, details } = await errorOf(work)
  return [code, (details as { reason?: string } | null)?.reason]
}
