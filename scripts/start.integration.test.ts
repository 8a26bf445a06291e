import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'

let directory: string
let child: ChildProcess | null = null

beforeEach(() => { directory = mkdtempSync(join(tmpdir(), 'assay-start-')) })
afterEach(() => {
  child?.kill('SIGKILL')
  rmSync(directory, { recursive: true, force: true })
})

/** What `npm start` runs: its lines until it is ready. */
async function start(): Promise<string[]> {
  const started = spawn(process.execPath, ['scripts/start.mjs'], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ASSAY_DATA_DIR: join(directory, 'data'), PORT: '0', HOST: '127.0.0.1', ASSAY_LOG_LEVEL: 'warn' } })
  child = started
  const said: string[] = []
  for await (const line of createInterface(started.stdout)) {
    said.push(line)
    if (/Create the first user|Sign in/.test(line)) break
  }
  return said
}

test('npm start builds, prepares an empty machine and prints a link that opens the set-up page; npm stops it', { timeout: 180_000 }, async () => {
  const said = await start()
  const [, link = ''] = /Create the first user: (\S+)/.exec(said.at(-1) ?? '') ?? []
  const page = await fetch(link)
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('<div id="root"')
  child?.kill('SIGINT')
  expect(await once(child as ChildProcess, 'exit')).toEqual([0, null])
})
