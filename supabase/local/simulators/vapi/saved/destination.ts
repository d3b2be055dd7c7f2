/** Where a call's messages go: the nearest server counts, and only a saved one has its credential sent along. */
import type { Assistant, CreateCall, Server } from '../request.ts'
import type { AuthenticationPlan, Shelves } from './things.ts'

export interface Destination { server: Server, plan?: AuthenticationPlan }

export interface Resolved {
  /** Whose call it is. */
  org: string
  /** As this call uses it: overrides replace whole fields. */
  assistant: Assistant
  destination: Destination | null
  /** Finds the credential of a tool's own server; transient assistants have none. */
  destinationOf(server: Server): Destination
}

/** The sentence of the refusal when something named does not exist. */
export function resolve(request: CreateCall, shelves: Shelves): Resolved | string {
  const saved = shelves.assistants.find(request.assistantId)
  const line = shelves.phoneNumbers.find(request.phoneNumberId)
  if (request.assistantId !== undefined && !saved) return `Couldn't Find Assistant. \`assistantId\` ${request.assistantId} Does Not Exist.`
  if (request.phoneNumberId !== undefined && !line) return `Couldn't Find Phone Number. \`phoneNumberId\` ${request.phoneNumberId} Does Not Exist.`
  const withCredential = (server: Server): Destination => ({ server, plan: shelves.credentials.find(server.credentialId)?.authenticationPlan })
  const inline = request.assistantOverrides?.server ?? request.assistant?.server
  const kept = saved?.server ?? line?.server
  return {
    org: shelves.org,
    assistant: { ...saved, ...request.assistant, ...request.assistantOverrides },
    destination: inline ? { server: inline } : kept ? withCredential(kept) : null,
    destinationOf: (server) => saved ? withCredential(server) : { server },
  }
}
