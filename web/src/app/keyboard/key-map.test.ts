import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { allShortcuts } from './key-map.ts'

test('docs/keyboard.md lists every key, and no other', () => {
  const rows = readFileSync(new URL('../../../../docs/keyboard.md', import.meta.url), 'utf8').split('\n').filter((line) => line.startsWith('| `'))
  const listed = rows.map((row) => row.split('|').slice(1, -1).map((cell) => cell.trim()))
  const shown = (key: string) => (key.length === 1 ? key.toUpperCase() : key)
  expect(listed).toEqual(allShortcuts.map(({ keys, mod, does }) => [mod === true ? `\`Mod+${keys.map(shown).join('')}\`` : keys.map((key) => `\`${shown(key)}\``).join(' '), does]))
})
