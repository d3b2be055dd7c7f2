import fc from 'fast-check'
import Papa from 'papaparse'
import { expect, it } from 'vitest'
import { createRowSplitter, type SplitRow } from '../../../../../business/services/contacts/splitRows.ts'

const rows = fc.array(fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '😀', '"', ',', ' ', '\n', '\'', ';'), maxLength: 6 }), { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 12 })

/** Splits a text that arrives in pieces of any size. */
function split(text: string, pieces: number[], delimiter = ','): SplitRow[] {
  const splitter = createRowSplitter(delimiter, '\n')
  const found: SplitRow[] = []
  let from = 0
  for (const length of pieces) {
    found.push(...splitter.push(text.slice(from, from + length)))
    from += length
  }
  return [...found, ...splitter.push(text.slice(from)), ...splitter.end()]
}

const sizes = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 20 })

it('gives back every table that a spreadsheet writes, however the text arrives', () => {
  fc.assert(fc.property(rows, sizes, fc.constantFrom(',', ';', '\t', '|'), fc.constantFrom('\n', '\r\n'), (table, pieces, delimiter, newline) => {
    const text = Papa.unparse(table, { delimiter, newline, quotes: true }) + newline
    expect(split(text, pieces, delimiter)).toEqual(table.map((cells) => ({ cells, isBroken: false })))
  }))
})

it('reads any text the same way, however it arrives', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' '), maxLength: 60 }), sizes, (text, pieces) => {
    expect(split(text, pieces)).toEqual(split(text, [text.length]))
  }))
})

it('leaves no word out, whatever the quotation marks are like', () => {
  const words = fc.array(fc.tuple(fc.constantFrom('"', '""', '', '"x'), fc.constantFrom(',', '\n', '",', '"\n', ' ')), { maxLength: 40 })
  fc.assert(fc.property(words, (marks) => {
    const text = marks.map(([before, after], index) => `${before}w${index}w${after}`).join('')
    const said = split(text, []).flatMap(({ cells }) => cells).join(' ')
    expect(marks.filter((_, index) => !said.includes(`w${index}w`))).toEqual([])
  }))
})

it('keeps a quoted cell whole that spaces stand around', () => {
  expect(split('Ada, "New York, NY" , 1\n', [])).toEqual([{ cells: ['Ada', 'New York, NY', ' 1'], isBroken: false }])
})

it('ends soon with thousands of open marks', () => {
  expect(split(`Name,Phone\n${'"a"b\n"c,1\n'.repeat(5_000)}`, []).length).toBe(10_001)
})
