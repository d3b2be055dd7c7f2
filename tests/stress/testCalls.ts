/** Somebody has themselves called by their assistant, at a number that a campaign of theirs may be calling at that moment. */
import { AppError } from '../../business/models/appError.ts'
import { createAskedCallRepository } from '../../business/repositories/askedCallRepository.ts'
import { placeTestCall } from '../../business/services/calls/placeTestCall.ts'
import { DispatcherDied } from './carrier.ts'
import type { World } from './clients.ts'
import { Died, dialDepsOf, newRun } from './dialling.ts'
import { Refused } from './door.ts'
import type { Company } from './people.ts'

/** What start-test-call does. */
export async function tryAssistant(world: World, { door, assistantId, ownNumber }: Company): Promise<void> {
  const deps = { ...dialDepsOf(world, world.spare, newRun(world)), askedCalls: createAskedCallRepository(door) }
  try {
    await placeTestCall(deps, { assistant_id: assistantId, phone: ownNumber, uses_draft: false, campaign_id: null })
  } catch (error) {
    if (error instanceof AppError) throw new Refused(isTheCarriersWord(error) ? 'provider_refused' : error.code, false, error.message)
    // What was begun there is found by the sweeps.
    if (!(error instanceof Died || error instanceof DispatcherDied)) throw error
  }
}

/** That this number cannot be called, and no other mistake in what was asked. */
function isTheCarriersWord({ code, details }: AppError): boolean {
  return code === 'invalid_input' && JSON.stringify(details).includes('"code":"invalid_number"')
}
