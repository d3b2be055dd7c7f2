import type { NumberGateway } from '../../gateways/calls/callGateway.ts'
import { AppError } from '../../models/appError.ts'
import type { KeyWish, NumberListing } from '../../models/providerConnection.ts'
import type { AskedConnectionRepository, ConnectionRepository } from '../../repositories/connectionRepository.ts'

export interface ConnectDeps {
  /** With the person's own token. */
  asked: AskedConnectionRepository
  connections: Pick<ConnectionRepository, 'keepKey'>
  gateway: NumberGateway
}

/** is_replacement: it replaced the key of a customer whom the account has already; else a number is to be chosen. */
export interface Connected { connection_id: string, is_replacement: boolean }

/**
 * Takes an account's own key on: asks the provider whose it is, keeps it, and has the person confirm it with their own token. A key that the
 * provider does not know, or did not answer for, is kept nowhere; what breaks off after it was kept is forgotten by the database.
 */
export async function connectProvider({ asked, connections, gateway }: ConnectDeps, { account_id, api_key }: KeyWish): Promise<Connected> {
  await asked.checkRight(account_id, null)
  const listing = await listed(gateway, api_key)
  if (listing.numbers.length === 0 || !listing.customer_ref) throw wrongKey('no_numbers', 'This account has no phone number that calls can come from.')
  const { connection_id } = await connections.keepKey(account_id, gateway.id, api_key, listing)
  return asked.connect(connection_id)
}

/** What the provider lists for a key; refused and unanswered questions as errors for the person who asked. */
export async function listed(gateway: NumberGateway, api_key: string): Promise<NumberListing> {
  const answer = await gateway.listNumbers(api_key)
  if (answer.kind === 'refused') throw wrongKey('refused', 'The provider does not accept this key.')
  if (answer.kind === 'unsure') throw new AppError('unavailable', 'The provider could not be asked. Nothing was saved.')
  return answer.listing
}

const wrongKey = (code: string, message: string) => new AppError('invalid_input', message, [{ field: 'api_key', code, message }])
