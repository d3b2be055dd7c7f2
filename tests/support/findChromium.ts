/**
 * A Chromium for the browser tests: CHROMIUM_PATH, else one on the PATH, else installed: Debian's package as root,
 * Playwright's own download for everybody else.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

export function findChromium(): string {
  return installedChromium() ?? installChromium()
}

function installedChromium(): string | undefined {
  const given = process.env.CHROMIUM_PATH
  if (given) {
    if (!existsSync(given)) throw new Error(`CHROMIUM_PATH names ${given}, which does not exist.`)
    return given
  }
  const folders = (process.env.PATH ?? '').split(delimiter)
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync)
    ?? (existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined)
}

function installChromium(): string {
  const isRoot = process.getuid?.() === 0
  if (isRoot && existsSync('/usr/bin/apt-get')) {
    run('apt-get', ['update'])
    run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'])
  } else {
    run('playwright', ['install', 'chromium'])
  }
  const found = installedChromium()
  if (!found) throw new Error('No Chromium was found or could be installed: set CHROMIUM_PATH to one.')
  return found
}

function run(command: string, args: string[]): void {
  const { status } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) throw new Error(`"${command} ${args.join(' ')}" failed: install Chromium yourself and set CHROMIUM_PATH.`)
}
