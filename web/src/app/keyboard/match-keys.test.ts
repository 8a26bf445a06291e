import { expect, test } from 'vitest'
import { allShortcuts } from './key-map.ts'
import { matchKeys, nothingPressed, type Pressed, type Stroke } from './match-keys.ts'

/** What the strokes do, each half a second after the one before unless told. */
function does(...strokes: (string | Partial<Stroke>)[]): (string | null)[] {
  let pressed: Pressed = nothingPressed
  return strokes.map((given, index) => {
    const stroke: Stroke = { key: '', mod: false, alt: false, shift: false, at: 1000 + index * 500, ...(typeof given === 'string' ? { key: given } : given) }
    const matched = matchKeys(allShortcuts, pressed, stroke)
    pressed = matched.pressed
    return matched.shortcut?.does ?? null
  })
}

test('a key alone does what it says', () => {
  expect(does('j', 'k', 'e', '/', '?')).toEqual(['Next row', 'Row before', 'Edit the row, or what the page shows', 'Search this page', 'Show these keys'])
})

test('two keys one after the other are one shortcut', () => {
  expect(does('g', 'f')).toEqual([null, 'Flags'])
  expect(does('n', 'h')).toEqual([null, 'New hypothesis'])
})

test('what does not go on begins anew, and what took too long is forgotten', () => {
  expect(does('g', 'j')).toEqual([null, 'Next row'])
  expect(does('g', 'n', 'f')).toEqual([null, null, 'New flag'])
  expect(does('g', { key: 'e', at: 9000 })).toEqual([null, 'Edit the row, or what the page shows'])
  expect(does('x', 'f')).toEqual([null, null])
})

test('Command and Control count only where they belong', () => {
  expect(does({ key: 'k', mod: true })).toEqual(['Search, or run a command'])
  expect(does({ key: 'j', mod: true }, { key: 'k', alt: true })).toEqual([null, null])
})

test('Caps Lock is the same letter, Shift another; a sign may need Shift', () => {
  expect(does('J', { key: 'J', shift: true }, { key: '?', shift: true })).toEqual(['Next row', null, 'Show these keys'])
})

test('no shortcut hides another', () => {
  for (const [index, { keys, mod }] of allShortcuts.entries()) {
    const hidden = allShortcuts.filter((other, place) => place !== index && other.mod === mod && keys.every((key, at) => other.keys[at] === key))
    expect(hidden.map(({ does: what }) => what)).toEqual([])
  }
})
