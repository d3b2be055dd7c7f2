import type { CodeAnswer, OwnNumber, TestCallWish } from '../models/testCall.ts'
import type { EdgeClient } from './edge.ts'
import { callRpc, type RpcClient } from './rpc.ts'

export type TestCallRepository = ReturnType<typeof createTestCallRepository>

/** The person's own number, and the calls they have made to it. */
export function createTestCallRepository(functions: RpcClient, edge: EdgeClient) {
  return {
    getOwnNumber: () => callRpc<OwnNumber>(functions, 'own_number', {}),

    /** Rings the number and speaks a code. Three times a day. */
    requestCode: (account_id: string, phone: string) => edge.send<{ call_id: string }>('POST', 'place-test-call/code', { account_id, phone }),

    confirmCode: (code: string) => callRpc<CodeAnswer>(functions, 'confirm_own_number', { code }),

    removeOwnNumber: () => callRpc<null>(functions, 'remove_own_number', {}),

    /** Never repeated by itself: a second request would be a second call, unless the first is still running. */
    place: (wish: TestCallWish) => edge.send<{ call_id: string }>('POST', 'place-test-call', wish),
  }
}
