// Runs after every install, on whatever Node the machine has. Only in a checkout of our own: inside another repository git would
// change the hooks of that one. Without git there is nothing to do.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

if (existsSync('.git') && !process.env.CI) {
  try {
    execFileSync('git', ['config', '--local', 'core.hooksPath', '.githooks'], { stdio: 'ignore' })
  } catch {
    process.stderr.write('git could not be told of .githooks: commits are checked by the tests only.\n')
  }
}
