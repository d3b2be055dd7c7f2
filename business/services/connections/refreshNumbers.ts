import type { NumberGateway } from '../../gateways/calls/callGateway.ts'
import { AppError } from '../../models/appError.ts'
import type { ListingWish } from '../../models/providerConnection.ts'
import type { AskedConnectionRepository, ConnectionRepository } from '../../repositories/connectionRepository.ts'
import { listed } from './connectProvider.ts'

export interface RefreshDeps {
  /** With the person's own token. */
  asked: Pick<AskedConnectionRepository, 'checkRight'>
  connections: Pick<ConnectionRepository, 'findKey' | 'recordListing'>
  gateway: NumberGateway
}

/** Asks the provider again with the key it has: its numbers as they are now, and whether a key that it refused works again. */
export async function refreshNumbers({ asked, connections, gateway }: RefreshDeps, { account_id, connection_id }: ListingWish): Promise<void> {
  await asked.checkRight(account_id, connection_id)
  const key = await connections.findKey(connection_id)
  if (!key) throw new AppError('not_found', 'This connection does not exist any more.')
  await connections.recordListing(connection_id, key.key_id, await listed(gateway, key.api_key))
}
