import type { Project } from '@assay/server/contract'
import { sections, type Section, type Setting } from './sections.ts'

export interface FoundSetting {
  section: Section
  /** Name of its page. */
  page: string
  label: string
  anchor: string | undefined
}

/** Every setting whose name, page or other words have each word of the search, at the start of a word; those whose name says it first. */
export function findSettings(search: string, project: Pick<Project, 'environments'>): FoundSetting[] {
  const wanted = wordsOf(search)
  if (wanted.length === 0) return []
  const all = sections.flatMap(({ key, label: page, settings }) => [...settings, ...own(key, project)].map((setting) => ({ section: key, page, ...setting })))
  return all
    .map((setting) => ({ ...setting, places: wanted.map((word) => placeOf(word, setting)) }))
    .filter(({ places }) => !places.includes(null))
    .sort((a, b) => weight(a.places) - weight(b.places))
    .map(({ section, page, label, anchor }) => ({ section, page, label, anchor }))
}

/** What a project itself brings to a page. */
function own(section: Section, { environments }: Pick<Project, 'environments'>): Setting[] {
  return section === 'environments' ? environments.map(({ key, name }) => ({ label: name, words: `${key} environment policy approval` })) : []
}

/** 0 in the name, 1 on the page's name, 2 in other words. */
function placeOf(word: string, { label, page, words }: { label: string; page: string; words: string }): number | null {
  const place = [label, page, words].findIndex((text) => wordsOf(text).some((candidate) => candidate.startsWith(word)))
  return place === -1 ? null : place
}

function weight(places: readonly (number | null)[]): number {
  return places.reduce<number>((sum, place) => sum + (place ?? 0), 0)
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
}
