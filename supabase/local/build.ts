/** Builds the app for the embedded stack unless the last build is still good. */
import { buildAppIfStale } from './appBuild.ts'

await buildAppIfStale((text) => void process.stdout.write(`${text}\n`), new AbortController().signal)
