import { existsSync } from 'node:fs'
import { entryBytes } from '../../config/entrySize.ts'
import { round, type Figure } from './measure.ts'

const BUILT = '.output/public'
const KILOBYTES_MAX = 130

/** What a browser loads before anything shows, of the app that `npm run build` made. */
export function measureEntry(): Promise<Figure[]> {
  if (!existsSync(`${BUILT}/200.html`)) throw new Error('There is no built app: run "npm run build" first.')
  const value = round(entryBytes(BUILT) / 1000, 1)
  return Promise.resolve([{ name: 'entry JavaScript', value, unit: 'kB gzip', against: null, ratio: null, target: `≤ ${KILOBYTES_MAX}`, met: value <= KILOBYTES_MAX }])
}
