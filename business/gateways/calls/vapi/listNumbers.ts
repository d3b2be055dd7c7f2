import type { NumberListing, OfferedNumber } from '../../../models/providerConnection.ts'
import { asObjects, asText, firstText, type JsonObject } from '../../json.ts'
import type { NumberGateway } from '../callGateway.ts'
import { vapiId } from './shapes.ts'

/** Over plain fetch: who only asks for numbers loads no SDK. */
export function createVapiNumbers({ baseUrl }: { baseUrl: string }): NumberGateway {
  return { id: vapiId, listNumbers: (api_key) => listNumbers(baseUrl, api_key) }
}

type Answer = Awaited<ReturnType<NumberGateway['listNumbers']>>

const timeoutMs = 15_000
/** More than anybody chooses from. */
const mostNumbers = 200

/** GET /phone-number, the smallest question that only a private key answers. A public key is refused like a wrong one. */
async function listNumbers(baseUrl: string, api_key: string): Promise<Answer> {
  try {
    const answer = await fetch(`${baseUrl.replace(/\/$/, '')}/phone-number?limit=1000`, {
      headers: { authorization: `Bearer ${api_key}` }, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs),
    })
    const rows = asObjects(await answer.json().catch(() => null))
    if (answer.status === 401 || answer.status === 403) return { kind: 'refused' }
    if (!answer.ok) return { kind: 'unsure', cause: `HTTP ${answer.status}` }
    return rows ? { kind: 'listed', listing: listingOf(rows) } : { kind: 'unsure', cause: 'an answer without a list' }
  } catch (error) {
    return { kind: 'unsure', cause: error instanceof Error ? error.name : String(error) }
  }
}

/** Without a number nobody learns whose key it is, and there is nothing to choose. */
function listingOf(rows: JsonObject[]): NumberListing {
  return { customer_ref: firstText(...rows.map((row) => row.orgId)) ?? '', numbers: rows.flatMap(numberOf).slice(0, mostNumbers) }
}

/** Numbers in other forms are addresses for SIP, from which no phone is called. */
function numberOf(row: JsonObject): OfferedNumber[] {
  const provider_ref = asText(row.id)
  const e164 = asText(row.number)
  if (!provider_ref || !e164 || !/^\+[1-9]\d{6,14}$/.test(e164)) return []
  return [{ provider_ref, e164, label: (asText(row.name) ?? '').slice(0, 40) }]
}
