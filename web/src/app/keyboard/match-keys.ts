import type { Shortcut } from './key-map.ts'

/** Keys that may still become a shortcut, and when the last of them was pressed. */
export interface Pressed {
  keys: readonly string[]
  at: number
}
export const nothingPressed: Pressed = { keys: [], at: 0 }

/** What of a `KeyboardEvent` counts. */
export interface Stroke {
  key: string
  /** Command or Control. */
  mod: boolean
  alt: boolean
  shift: boolean
  at: number
}

/** After this the keys of a sequence are forgotten. */
const TOGETHER_MS = 1500

/** Which shortcut a key completes, if any, and what is kept for the next one. */
export function matchKeys(shortcuts: readonly Shortcut[], before: Pressed, { key, mod, alt, shift, at }: Stroke): { shortcut: Shortcut | null; pressed: Pressed } {
  const letter = /^[a-z]$/i.test(key)
  // With Shift a letter is another key; signs need it on many keyboards.
  if (alt || (shift && letter)) return { shortcut: null, pressed: nothingPressed }
  const pressed = letter ? key.toLowerCase() : key
  const candidates = shortcuts.filter((shortcut) => (shortcut.mod === true) === mod)
  const going = !mod && at - before.at <= TOGETHER_MS ? before.keys : []
  for (const keys of going.length > 0 ? [[...going, pressed], [pressed]] : [[pressed]]) {
    const shortcut = candidates.find((candidate) => isSame(candidate.keys, keys))
    if (shortcut) return { shortcut, pressed: nothingPressed }
    if (candidates.some((candidate) => isSame(candidate.keys.slice(0, keys.length), keys))) return { shortcut: null, pressed: { keys, at } }
  }
  return { shortcut: null, pressed: nothingPressed }
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((key, index) => key === others[index])
}
