import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isUnusual, type FigureName } from '../../../../../business/models/health.ts'
import { checkHealth, rememberFor } from '../../../../../business/services/health/checkHealth.ts'
import { englishAlerts } from '../../../../../business/services/mail/alerts.en.ts'
import { prometheusText } from '../../../../../business/services/health/prometheusText.ts'

describe('checkHealth', () => {
  const answers = (check: () => Promise<{ beat: boolean, inbox: boolean }>) => checkHealth({ health: { check } })

  it('is well when every part keeps up', async () => {
    expect(await answers(() => Promise.resolve({ beat: true, inbox: true }))).toEqual({ isWell: true, parts: { database: true, beat: true, inbox: true } })
    expect((await answers(() => Promise.resolve({ beat: false, inbox: true }))).isWell).toBe(false)
    expect((await answers(() => Promise.resolve({ beat: true, inbox: false }))).isWell).toBe(false)
  })

  it('says so when the database does not answer', async () => {
    expect(await answers(() => Promise.reject(new Error('away')))).toEqual({ isWell: false, parts: { database: false, beat: false, inbox: false } })
  })
})

describe('rememberFor', () => {
  it('asks once in a while, whoever asks', async () => {
    let [now, asked] = [0, 0]
    const report = rememberFor(5_000, () => now, () => Promise.resolve(asked += 1))
    expect(await Promise.all([report(), report()])).toEqual([1, 1])
    now = 4_999
    expect(await report()).toBe(1)
    now = 5_000
    expect(await report()).toBe(2)
  })
})

describe('prometheusText', () => {
  it('is a gauge for each figure, in the order of their names', () => {
    expect(prometheusText({ queue_depth: 12, beat_age_seconds: 3 })).toBe('# TYPE outdial_beat_age_seconds gauge\noutdial_beat_age_seconds 3\n# TYPE outdial_queue_depth gauge\noutdial_queue_depth 12\n')
  })
})

describe('the alert rules', () => {
  const yaml = readFileSync('config/alerts.yaml', 'utf8')

  it('say the same to machines, in mails and on the page', () => {
    const told = Object.fromEntries([...yaml.matchAll(/alert: (\w+)[^']*'([^']*)'/g)].map(([, name, text]) => [name, text]))
    const { MetricsMissing, ...inside } = told
    expect(MetricsMissing).toBeTruthy()
    expect(Object.fromEntries(englishAlerts)).toEqual(inside)
    expect((JSON.parse(readFileSync('app/locales/en/operations.json', 'utf8')) as { alert: unknown }).alert).toEqual(inside)
  })

  it('call unusual what the page does', () => {
    const bounds = [...yaml.matchAll(/expr: ([a-z_ +]+) > (\d+)/g)].flatMap(([, sum, bound]) => sum!.split(' + ').map((name) => [name.replace('outdial_', '') as FigureName, Number(bound)] as const))
    expect(bounds.length).toBeGreaterThan(12)
    for (const [name, bound] of bounds) expect([name, isUnusual(name, bound), isUnusual(name, bound + 1)]).toEqual([name, false, true])
  })

  it('ask only for figures that the database tells', () => {
    const asked = [...yaml.matchAll(/outdial_(\w+)/g)].map(([, name]) => name!)
    const told = readFileSync('supabase/migrations/20260101002205_health.sql', 'utf8')
    expect(asked.length).toBeGreaterThan(12)
    expect([...new Set(asked)].filter((name) => !told.includes(`'${name}'`))).toEqual([])
  })
})
