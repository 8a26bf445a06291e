import { useEffect } from 'react'
import { useProjectKey } from '../../api/project.ts'
import { useMe } from '../../api/session.ts'
import { readRecent, recentName, withPage } from './recent.ts'

const SUFFIX = ' · Assay'

/** Remembers the pages that somebody visits, as the browser's tab names each. */
export function RecentPages() {
  const name = recentName(useMe().id, useProjectKey())
  useEffect(() => {
    const note = () => {
      const { title } = document
      if (!title.endsWith(SUFFIX) || !location.pathname.startsWith('/p/')) return
      localStorage.setItem(name, JSON.stringify(withPage(readRecent(localStorage.getItem(name)), { path: location.pathname + location.search, title: title.slice(0, -SUFFIX.length) })))
    }
    note()
    const observer = new MutationObserver(note)
    observer.observe(document.head, { childList: true, subtree: true, characterData: true })
    return () => { observer.disconnect() }
  }, [name])
  return null
}
