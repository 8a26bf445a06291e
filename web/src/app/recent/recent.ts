/** A page that somebody was on. */
export interface RecentPage {
  /** With its search. */
  path: string
  title: string
}

const MOST = 6

/** The page comes first and stands once; the oldest falls out. */
export function withPage(pages: readonly RecentPage[], page: RecentPage): RecentPage[] {
  return [page, ...pages.filter(({ path, title }) => path !== page.path && title !== page.title)].slice(0, MOST)
}

/** What was kept; nothing where it cannot be read. */
export function readRecent(text: string | null): RecentPage[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(kept) ? kept.filter(isPage) : []
  } catch {
    return []
  }
}

function isPage(value: unknown): value is RecentPage {
  return typeof value === 'object' && value !== null && 'path' in value && typeof value.path === 'string' && 'title' in value && typeof value.title === 'string'
}

/** Name under which the browser keeps the pages of a person in a project. */
export function recentName(person: string, project: string): string {
  return `assay-recent:${person}:${project}`
}
