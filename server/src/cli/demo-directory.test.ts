import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDemoDirectory, rememberDemo } from './demo-directory.ts'

let parent: string
beforeEach(() => { parent = mkdtempSync(join(tmpdir(), 'assay-demo-')) })
afterEach(() => { rmSync(parent, { recursive: true, force: true }) })

test('a prepared demo is found again', () => {
  const directory = join(parent, 'demo')
  const state = { key: 'secret', email: 'owner@example.com' }
  expect(openDemoDirectory(directory)).toBeNull()
  rememberDemo(directory, state)
  expect(openDemoDirectory(directory)).toEqual(state)
})

test('what an interrupted preparation left behind is removed', () => {
  openDemoDirectory(parent)
  writeFileSync(join(parent, 'half'), '')
  expect(openDemoDirectory(parent)).toBeNull()
  expect(existsSync(join(parent, 'half'))).toBe(false)
})

test('a preparation that is still going on is left alone', () => {
  writeFileSync(join(parent, 'demo.json'), JSON.stringify({ preparing: process.ppid }))
  expect(() => openDemoDirectory(parent)).toThrow(`Process ${process.ppid} is preparing the demo`)
})

test('a directory that holds something else is refused and left as it is', () => {
  writeFileSync(join(parent, 'precious'), '')
  expect(() => openDemoDirectory(parent)).toThrow('holds something else than the demo')
  expect(existsSync(join(parent, 'precious'))).toBe(true)
})
