import type { ReactNode } from 'react'
import { sections } from '../../features/settings/sections.ts'
import { navigation } from '../navigation.tsx'

export interface PalettePage {
  /** Below `/p/:project`. */
  path: string
  label: string
  search?: Readonly<Record<string, string>>
  /** What else finds it. */
  words?: string
  /** Of the navigation. */
  icon?: ReactNode
}

/** Every page that needs no key to be opened, but those that commands open. */
export const palettePages: readonly PalettePage[] = [
  ...navigation.flatMap(({ items }) => items).map(({ path, label, icon }) => ({ path, label, icon })),
  { path: '/flags', search: { view: 'cleanup' }, label: 'Flags to clean up', words: 'litter stale remove rolled out' },
  { path: '/flags', search: { view: 'archived' }, label: 'Archived flags', words: 'archive removed' },
  { path: '/compare', label: 'Compare environments', words: 'flags difference' },
]

/** The settings, each by what it sets as well. */
export const paletteSettings: readonly PalettePage[] = sections.flatMap(({ key, label, settings }) => [
  { path: `/settings/${key}`, label, words: 'settings' },
  ...settings.map((setting) => ({ path: `/settings/${key}`, label: setting.label, words: `${label} settings ${setting.words}` })),
])
