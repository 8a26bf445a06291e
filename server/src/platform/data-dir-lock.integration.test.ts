import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DataDirInUse, lockDataDir } from './data-dir-lock.ts'

let directory: string
beforeEach(() => { directory = mkdtempSync(join(tmpdir(), 'assay-lock-')) })
afterEach(() => { rmSync(directory, { recursive: true, force: true }) })

/** A process that ran and was killed, and what it would have written into the lock. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  await once(child, 'spawn')
  child.kill('SIGKILL')
  await once(child, 'exit')
  return child.pid ?? 0
}

test('a data directory has one holder, and the next after it is released', async () => {
  const first = await lockDataDir(directory)
  await expect(lockDataDir(directory)).rejects.toThrow(DataDirInUse)
  await expect(lockDataDir(directory)).rejects.toThrow(`process ${process.pid}`)
  await first.release()
  const second = await lockDataDir(directory)
  await second.release()
  expect(readdirSync(directory)).toEqual(['lock.2'])
})

test('a holder that was killed leaves nothing to clean up', async () => {
  writeFileSync(join(directory, 'lock.7'), JSON.stringify({ pid: await deadProcess(), started: 'then' }))
  const lock = await lockDataDir(directory)
  await lock.release()
})

test('a process id that was given to another program does not count as the holder', async () => {
  writeFileSync(join(directory, 'lock.1'), JSON.stringify({ pid: process.pid, started: 'before this process' }))
  const lock = await lockDataDir(directory)
  await lock.release()
})

test('a half-written lock file of a crash is taken over', async () => {
  writeFileSync(join(directory, 'lock.1'), '{"pid":')
  const lock = await lockDataDir(directory)
  await lock.release()
})

test('of many that start at once exactly one gets the directory', async () => {
  writeFileSync(join(directory, 'lock.3'), JSON.stringify({ pid: await deadProcess(), started: 'then' }))
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => lockDataDir(directory)))
  expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
  for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(DataDirInUse)
})
