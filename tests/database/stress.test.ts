/** Some calls on real sessions, on a server of their own that is stopped and started under them. tests/stress says what is judged. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { stress, type StressReport } from '../stress/stress.ts'
import { startStressServer, type StressServer } from '../stress/server.ts'

let server: StressServer
beforeAll(async () => {
  server = await startStressServer()
})
afterAll(() => server.stop())

test('no call is dialled or billed twice, and all come to their end, while sessions and the server end under them', async () => {
  const report: StressReport = await stress({ cluster: server, seed: 1, calls: 120, conditions: { callsPerTermination: 8, callsPerStop: 35 } })
  expect(report.violations).toEqual([])
  expect(report.counts).toMatchObject({ 'server: immediate stop': 1, 'server: backend killed': 1, 'server: postmaster killed': 1 })
  expect(report.counts['sessions terminated']).toBeGreaterThan(5)
}, 600_000)
