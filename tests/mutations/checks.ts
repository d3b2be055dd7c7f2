/** The tests of the database and of the functions, and then the simulation: in one process, until the first one fails. */
import { relative } from 'node:path'
import { createVitest, escapeTestName, type TestModule, type TestSpecification } from 'vitest/node'
import { ROOT } from '../../supabase/local/paths.ts'
import { simulate } from '../simulation/simulate.ts'
import type { ClusterAddress } from '../support/cluster.ts'

/** What needs whole stacks or says something about texts alone; no guard of the database is noticed there first. */
const NOT_ASKED = /bench|generated|parity|mutations/
const SEEDS = [1, 2, 3]

export interface Checks {
  /** The first check that fails on these databases: the one that is expected to, its file, all others; null when none does. */
  catcherOf(cluster: ClusterAddress, asked: { hint: string, isQuick: boolean }): Promise<string | null>
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
  return {
    async catcherOf(cluster, { hint, isQuick }) {
      for (const project of vitest.projects) project.provide('cluster', cluster)
      const [file, ...names] = hint.split(' > ')
      const hinted = files.filter(({ moduleId }) => nameOf(moduleId) === file)
      if (names.length > 0) vitest.setGlobalTestNamePattern(names.map((part) => escapeTestName(part, false)).join(' > '))
      const expected = await failed(hinted)
      vitest.resetGlobalTestNamePattern()
      if (expected !== null || isQuick) return expected
      const others = (project: string) => files.filter((candidate) => candidate.project.name === project && !hinted.includes(candidate))
      return await failed(hinted) ?? await failed(others('database')) ?? await failed(others('functions')) ?? await simulated(cluster)
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
