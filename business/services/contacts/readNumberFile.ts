import type { FileFault } from '../../models/contactFile.ts'
import { readPhone, type CountryCode } from '../../models/phone.ts'
import { readContactFile } from './readContactFile.ts'

export interface ReadNumbers {
  phones: string[]
  refused: string[]
}

/** What of the refused is kept to be shown. */
const refusedMax = 1000

/**
 * The numbers of a file, each once, by the reader of contact files: of the column that holds numbers by its name or its values, else
 * of the first. An extension is left off: whoever must not be called must not be called at the whole number.
 */
export async function readNumberFile(file: File, country: CountryCode | null): Promise<ReadNumbers | { fault: FileFault }> {
  const open = await readContactFile(file)
  if ('fault' in open) return open
  const column = Math.max(0, open.facts.uses.indexOf('phone'))
  const phones = new Set<string>()
  const refused: string[] = []
  for await (const rows of open.rows()) {
    for (const { cells } of rows) {
      const cell = cells[column]?.trim() ?? ''
      const read = readPhone(cell, country)
      if ('phone' in read) phones.add(read.phone)
      else if (cell && refused.length < refusedMax) refused.push(cell)
    }
  }
  return { phones: [...phones], refused }
}
