import { sections } from '../../features/settings/sections.ts'
import { navigation } from '../navigation.tsx'

export interface PalettePage {
  /** Below `/p/:project`. */
  path: string
  label: string
  /** What else finds it. */
  words?: string
}

/** Every page that needs no key to be opened, but those that commands open. */
export const palettePages: readonly PalettePage[] = [
  ...navigation.flatMap(({ items }) => items).map(({ path, label }) => ({ path, label })),
  { path: '/compare', label: 'Compare environments', words: 'flags difference' },
]

/** The settings, each by what it sets as well. */
export const paletteSettings: readonly PalettePage[] = sections.flatMap(({ key, label, settings }) => [
  { path: `/settings/${key}`, label, words: 'settings' },
  ...settings.map((setting) => ({ path: `/settings/${key}`, label: setting.label, words: `${label} settings ${setting.words}` })),
])
