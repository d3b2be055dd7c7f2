import type { ProviderAddress } from '../../../business/models/providerConnection.ts'
import type { ConnectionRepository } from '../../../business/repositories/connectionRepository.ts'
import type { Env } from './env.ts'

/** The key to speak with: the installation's, or that of an account's own connection, asked for once. null: there is none. */
export function keyFinder({ vapi }: Env, connections: Pick<ConnectionRepository, 'findKey'>): (at: ProviderAddress) => Promise<string | null> {
  const asked = new Map<string, Promise<string | null>>()
  return async ({ provider, connection_id }) => {
    if (provider !== 'vapi') return null
    if (connection_id === null) return vapi.apiKey || null
    const known = asked.get(connection_id) ?? connections.findKey(connection_id).then((key) => key?.api_key ?? null)
    asked.set(connection_id, known)
    return known
  }
}
