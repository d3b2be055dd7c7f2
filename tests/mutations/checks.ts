/** The tests of the database and of the functions, and then the simulation: in one process, until the first one fails. */
import { relative } from 'node:path'
import { createVitest, escapeTestName, type TestModule, type TestSpecification } from 'vitest/node'
import { ROOT } from '../../supabase/local/paths.ts'
import { simulate } from '../simulation/simulate.ts'
import type { ClusterAddress } from '../support/cluster.ts'

/** What needs servers of its own or says something about texts alone, and a month of demo: no guard of the database is noticed there first. */
const NOT_ASKED = /bench|generated|parity|mutations|stress|demo/
const SEEDS = [1, 2, 3]

/** In the order in which they are asked: the test that noticed last, its file, all other files, the simulation. */
export type Kind = 'test' | 'file' | 'database' | 'functions' | 'simulation'

export interface Checks {
  /** The first check that fails on these databases; null when none does. */
  catcherOf(cluster: ClusterAddress, asked: { hint: string, isQuick: boolean }): Promise<{ catcher: string, kind: Kind } | null>
  close(): Promise<void>
}

export async function createChecks(): Promise<Checks> {
  const vitest = await createVitest({ watch: false, project: ['database', 'functions'], reporters: [{}], bail: 1, config: `${ROOT}/vitest.config.ts`, root: ROOT })
  await vitest.standalone()
  const files = (await vitest.globTestSpecifications()).filter((file) => !NOT_ASKED.test(nameOf(file.moduleId)))
  const failed = async (wanted: TestSpecification[]) => {
    if (wanted.length === 0) return null
    const { testModules } = await vitest.runTestSpecifications(wanted)
    process.exitCode = 0
    return testModules.filter(({ moduleId }) => wanted.some((file) => file.moduleId === moduleId)).map(failureOf).find((failure) => failure !== null) ?? null
  }
  const failedNamed = async (names: string[], wanted: TestSpecification[]) => {
    if (names.length === 0) return null
    vitest.setGlobalTestNamePattern(names.map((part) => escapeTestName(part, false)).join(' > '))
    return failed(wanted).finally(() => vitest.resetGlobalTestNamePattern())
  }
  return {
    async catcherOf(cluster, { hint, isQuick }) {
      for (const project of vitest.projects) project.provide('cluster', cluster)
      const [name, ...names] = hint.split(' > ')
      const file = files.filter(({ moduleId }) => nameOf(moduleId) === name)
      const others = (project: string) => files.filter((candidate) => candidate.project.name === project && !file.includes(candidate))
      const asked: [Kind, () => Promise<string | null>][] = [
        ['test', () => failedNamed(names, file)],
        ['file', () => failed(file)],
        ['database', () => failed(others('database'))],
        ['functions', () => failed(others('functions'))],
        ['simulation', () => simulated(cluster)],
      ]
      for (const [kind, ask] of isQuick ? asked.slice(0, 2) : asked) {
        const catcher = await ask()
        if (catcher !== null) return { catcher, kind }
      }
      return null
    },
    close: () => vitest.close(),
  }
}

async function simulated(cluster: ClusterAddress): Promise<string | null> {
  for (const seed of SEEDS) {
    const { violations } = await simulate({ seed, hours: 12, cluster })
    if (violations[0]) return `simulation > seed ${seed}: ${violations[0]}`
  }
  return null
}

/** tests/database/dial.test.ts is database/dial. */
function nameOf(moduleId: string): string {
  return relative(`${ROOT}/tests`, moduleId).replace('.test.ts', '')
}

function failureOf(module: TestModule): string | null {
  const [test] = module.children.allTests('failed')
  if (test) return `${nameOf(module.moduleId)} > ${test.fullName}`
  return module.state() === 'failed' ? `${nameOf(module.moduleId)} > before its first test` : null
}
