import { describe, expect, it } from 'vitest'
import { answerGrid } from '../../../../../business/services/reports/answerGrid.ts'

const words = { say: String, dayOfWeek: String, number: String, percent: (share: number | null) => `${Math.round((share ?? 0) * 100)}%` }
const hour = (at: number, answered_count: number, weekday = 1) => ({ weekday, hour: at, calls_count: 100, answered_count, positive_count: 0 })
const firstRow = (...answered: number[]) => answerGrid(answered.map((count, at) => hour(at, count)), words).grid.rows[0]!.cells

describe('when people answer, on paper', () => {
  it('is darker where more of the calls were answered, and says how many of a hundred', () => {
    const cells = firstRow(0, 19, 20, 55, 79, 80, 100) as { text: string, darkness: number }[]
    expect(cells.map(({ text }) => text)).toEqual(['0', '19', '20', '55', '79', '80', '100'])
    const [none, little, more, half, much, most, all] = cells.map(({ darkness }) => darkness)
    expect([none, most]).toEqual([little, all])
    expect([little!, more!, half!, much!, most!].toSorted((a, b) => a - b)).toEqual([little, more, half, much, most])
    expect(new Set([little, more, half, much, most]).size).toBe(5)
  })

  it('has finer steps where nobody answers often', () => {
    const { grid, legend } = answerGrid([hour(9, 4), hour(10, 0)], words)
    expect(legend.rows[0]!.cells.map((cell) => (cell as { text: string }).text)).toEqual(['0–1%', '1–2%', '2–3%', '3–4%', '4–5%'])
    expect(grid.rows[0]!.cells).toEqual([{ text: '4', darkness: 1 }, { text: '0', darkness: 0 }])
  })

  it('has a row for each day of the week, and no box where nobody was called', () => {
    const { grid } = answerGrid([hour(9, 50, 7)], words)
    expect(grid.heads).toEqual(['9'])
    expect(grid.rows.map(({ name }) => name)).toEqual(['1', '2', '3', '4', '5', '6', '7'])
    expect(grid.rows[0]!.cells).toEqual(['–'])
  })

  it('leaves out the greys on which neither ink nor white can be read', () => {
    const shades = new Set((firstRow(5, 25, 45, 65, 95) as { darkness: number }[]).map(({ darkness }) => darkness))
    for (const shade of shades) expect(shade < 0.5 || shade > 0.7).toBe(true)
  })
})
