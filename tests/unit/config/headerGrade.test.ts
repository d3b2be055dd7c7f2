/**
 * The headers, judged as the HTTP Observatory judges a site: each of its tests that a static answer can pass or fail, with its modifiers.
 * What it gives extra for is asked for here, so that the grade stays at the top.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { securityHeaders } from '../../../config/securityHeaders.ts'

type Headers = Record<string, string>
interface Test { name: string, score: (headers: Headers, policy: Map<string, string[]>) => number }

const isStrictlyFrom = (sources: string[] | undefined) => sources !== undefined && !sources.some((source) => /unsafe-|^\*$|^https?:$|^data:$/.test(source))
const tests: Test[] = [
  { name: 'content-security-policy', score: (_headers, policy) => {
    const isSafe = ['script-src', 'style-src'].every((name) => isStrictlyFrom(policy.get(name) ?? policy.get('default-src')))
    const isHttps = ![...policy.values()].flat().some((source) => source.startsWith('http:'))
    if (!isSafe || !isHttps) return -20
    return policy.get('default-src')?.join() === '\'none\'' ? 10 : 5
  } },
  { name: 'base-uri, form-action, object-src', score: (_headers, policy) =>
    (policy.get('base-uri')?.join() === '\'none\'' && policy.has('form-action') && isStrictlyFrom(policy.get('object-src') ?? policy.get('default-src')) ? 0 : -10) },
  { name: 'x-frame-options', score: (headers, policy) => (policy.get('frame-ancestors')?.join() === '\'none\'' && headers['x-frame-options'] === 'DENY' ? 5 : -20) },
  { name: 'strict-transport-security', score: (headers) => (Number(/max-age=(\d+)/.exec(headers['strict-transport-security'] ?? '')?.[1]) >= 15_768_000 ? 0 : -20) },
  { name: 'x-content-type-options', score: (headers) => (headers['x-content-type-options'] === 'nosniff' ? 0 : -5) },
  { name: 'referrer-policy', score: (headers) => (['no-referrer', 'same-origin', 'strict-origin', 'strict-origin-when-cross-origin'].includes(headers['referrer-policy'] ?? '') ? 5 : -5) },
  { name: 'cross-origin-resource-policy', score: (headers) => (['same-origin', 'same-site'].includes(headers['cross-origin-resource-policy'] ?? '') ? 10 : 0) },
  { name: 'cookies, access from other origins', score: (headers) => ('set-cookie' in headers || 'access-control-allow-origin' in headers ? -20 : 0) },
]

const gradeOf = (score: number) => [[100, 'A+'], [90, 'A'], [85, 'A-'], [80, 'B+'], [70, 'B'], [50, 'C']].find(([least]) => score >= Number(least))?.[1] ?? 'F'

function judge(headers: Headers): { grade: string | number, lost: string[] } {
  const policy = new Map((headers['content-security-policy'] ?? '').split('; ').filter(Boolean).map((part) => [part.split(' ')[0]!, part.split(' ').slice(1)]))
  const scores = tests.map(({ name, score }) => ({ name, score: score(headers, policy) }))
  return { grade: gradeOf(100 + scores.reduce((sum, { score }) => sum + score, 0)), lost: scores.filter(({ score }) => score < 0).map(({ name }) => name) }
}

describe('the headers of the app', () => {
  const html = '<script>1</script>'
  const hosted = securityHeaders(html, { embedded: false, apiUrl: 'https://project.supabase.co' })

  it('get the best grade and lose no point', () => {
    expect(judge(hosted)).toEqual({ grade: 'A+', lost: [] })
  })

  it.each([['content-security-policy', 'default-src * \'unsafe-inline\''], ['strict-transport-security', 'max-age=60'], ['x-content-type-options', ''], ['x-frame-options', ''], ['referrer-policy', 'unsafe-url']])(
    'would lose points by another %s', (name, value) => expect(judge({ ...hosted, [name]: value }).lost).not.toEqual([]))

  it('keep pages of others from loading or opening ours, and devices from being asked for', () => {
    expect(hosted).toMatchObject({ 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin' })
    for (const feature of ['camera', 'microphone', 'geolocation', 'payment', 'usb']) expect(hosted['permissions-policy']).toContain(`${feature}=()`)
  })

  it('name no other host than the project\'s', () => {
    const hosts = [...hosted['content-security-policy']!.matchAll(/\b(?:https?|wss?):\/\/[^\s;]+/g)].map(([host]) => host)
    expect([...new Set(hosts)]).toEqual(['https://project.supabase.co', 'wss://project.supabase.co'])
  })

  it('are the strictest that an answer of a function can have', () => {
    const source = readFileSync('supabase/functions/_shared/http.ts', 'utf8')
    for (const part of ['default-src \\\'none\\\'; frame-ancestors \\\'none\\\'', 'no-referrer', 'nosniff', 'no-store', 'max-age=63072000']) expect(source).toContain(part)
  })
})
