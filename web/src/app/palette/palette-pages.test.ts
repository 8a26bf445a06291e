import { expect, test } from 'vitest'
import { keyMap } from '../keyboard/key-map.ts'
import { router } from '../router.tsx'
import { palettePages, paletteSettings } from './palette-pages.ts'

/** Pages that stand in the palette as what they do. */
const commands = ['/hypotheses/new', '/cohorts/new', '/first-flag']

/** Paths below the project that need no further name. */
const open = Object.keys(router.routesByPath).filter((path) => path.startsWith('/p/$project')).map((path) => path.slice('/p/$project'.length).replace(/\/$/, '')).filter((path) => !path.includes('$'))

test('every page of a project that can be opened by its address alone is in the palette', () => {
  const known = new Set([...palettePages.map(({ path }) => path), ...commands, ...paletteSettings.map(({ path }) => path.split('/', 2).join('/'))])
  expect(open.length).toBeGreaterThan(15)
  expect(open.filter((path) => !known.has(path))).toEqual([])
})

test('what keys lead to are pages', () => {
  const led = keyMap.flatMap(({ shortcuts }) => shortcuts).flatMap(({ command }) => (command.kind === 'go' ? [command.path] : []))
  expect(led.filter((path) => !open.includes(path))).toEqual([])
})
