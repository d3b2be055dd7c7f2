import { z } from 'zod'

/** From where an account opens to its people: its owners' decision, held by the database at every request. */
export interface AllowedNetworks {
  /** As 203.0.113.0/24 or 2001:db8::/32, in order; none: from everywhere. */
  networks: string[]
  /** From where whoever asks comes just now; null: nobody knows. */
  own_address: string | null
}

/** As a person writes them, one to a line. What a network is, SQL judges. */
export const allowedNetworksSchema = z.object({
  networks: z.string().max(5_000).transform((text) => text.split(/[\s,;]+/).filter((line) => line !== '')),
})

export const networksText = ({ networks }: Pick<AllowedNetworks, 'networks'>): string => networks.join('\n')

/** The list with one's own address in it, for whoever would lock themselves out. */
export function withAddress(text: string, address: string): string {
  return [text.trim(), address].filter((part) => part !== '').join('\n')
}
