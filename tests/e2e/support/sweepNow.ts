import type { StackFile } from '../../../supabase/local/stackFile.ts'
import { asAdmin } from '../../support/webAccount.ts'

/** What the heartbeat does once a minute is due with its next beat. */
export async function sweepNow(stack: StackFile): Promise<void> {
  await asAdmin(stack, (sql) => sql`update engine.sweeps set swept_at = swept_at - interval '1 minute' where name = 'each_minute'`)
}
