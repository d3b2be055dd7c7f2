/**
 * What must not enter a commit, judged by what is staged and not by what lies in the folder. Types and tests take longer than a
 * person waits at a commit: `npm test` has them.
 */
import { ESLint } from 'eslint'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { secretsIn } from './secrets.ts'

const bytesMax = 1_000_000
const eslint = new ESLint()

interface StagedFile { path: string, content: Buffer }

const complaints = (await Promise.all(stagedFiles().map(complaintsAbout))).flat()
for (const complaint of complaints) process.stderr.write(`${complaint}\n`)
process.exitCode = complaints.length > 0 ? 1 : 0

function stagedFiles(): StagedFile[] {
  const names = git('diff', '--cached', '--name-only', '--diff-filter=ACMR', '-z').toString().split('\0').filter((name) => name !== '')
  return names.map((path) => ({ path, content: git('show', `:${path}`) }))
}

function git(...args: string[]): Buffer {
  return execFileSync('git', args, { maxBuffer: 1_000_000_000 })
}

async function complaintsAbout({ path, content }: StagedFile): Promise<string[]> {
  if (content.length > bytesMax) return [`${path}: ${content.length} bytes; a commit is no place for more than ${bytesMax}`]
  if (content.includes(0)) return []
  const text = content.toString()
  const secret = secretsIn(text).map((what) => `${path}: holds ${what}`)
  const conflict = /^(<{7}|>{7}) /m.test(text) ? [`${path}: holds a conflict that is not solved`] : []
  return [...secret, ...conflict, ...await lintComplaints(path, text)]
}

async function lintComplaints(path: string, text: string): Promise<string[]> {
  // Written by `nuxt prepare`, which the first `npm start` or `npm test` runs.
  if (!/\.(ts|mjs|vue)$/.test(path) || !existsSync('.nuxt/eslint.config.mjs')) return []
  const [result] = await eslint.lintText(text, { filePath: path })
  return (result?.messages ?? []).filter(({ severity }) => severity === 2).map(({ line, message, ruleId }) => `${path}:${line} ${message} (${ruleId})`)
}
