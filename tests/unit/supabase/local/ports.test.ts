import { execFile } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { anyPort, firstFree } from '../../../../supabase/local/ports.ts'
import { LOCAL } from '../../../../supabase/local/paths.ts'

test('a port is not one that the near end of a connection may be given before it is used', async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, anyPort))
  expect(ports.filter((port) => port < 20_000 || port >= 32_768)).toEqual([])
})

test('a port is given once, here and in another process, before anybody listens there', async () => {
  const here = await Promise.all(Array.from({ length: 300 }, anyPort))
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', `
    import { anyPort } from '${join(LOCAL, 'ports.ts')}'
    console.log(JSON.stringify(await Promise.all(Array.from({ length: 300 }, anyPort))))`])
  const given = [...here, ...JSON.parse(stdout) as number[]]
  expect(new Set(given).size).toBe(given.length)
})

test('a wanted port is given when it is free, and another one when it is not', async () => {
  const wanted = await anyPort()
  expect(await firstFree([undefined, wanted])).toBe(wanted)
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(wanted, '127.0.0.1', resolve))
  expect(await firstFree([wanted])).not.toBe(wanted)
  await new Promise((resolve) => taken.close(resolve))
})
