import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { fontModule } from '../../../../../config/makePdfFonts.ts'

it('is the typeface of the installed package, made by npm run fonts', () => {
  const kept = readFileSync(new URL('../../../../../business/services/pdf/fonts.ts', import.meta.url), 'utf8')
  expect(kept === fontModule()).toBe(true)
})
