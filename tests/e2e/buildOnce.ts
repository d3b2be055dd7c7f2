/** Before any worker starts its stack: two that build the app at once would write into each other's files. */
import { buildAppIfStale } from '../../supabase/local/appBuild.ts'

export default async function buildOnce(): Promise<void> {
  await buildAppIfStale((text) => void process.stdout.write(`${text}\n`), new AbortController().signal)
}
