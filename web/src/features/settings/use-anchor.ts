import { useLocation } from '@tanstack/react-router'
import { useEffect, type RefObject } from 'react'

/** Leads to the part of the page that the address names, as soon as it is there: parts come when their data has. */
export function useAnchor(page: RefObject<HTMLElement | null>): void {
  const { hash, state } = useLocation()
  useEffect(() => {
    const root = page.current
    if (root === null || hash === '') return undefined
    const reach = () => {
      const part = root.id === hash ? root : root.querySelector<HTMLElement>(`#${CSS.escape(hash)}`)
      part?.focus()
      return part !== null
    }
    if (reach()) return undefined
    const observer = new MutationObserver(() => { if (reach()) observer.disconnect() })
    observer.observe(root, { childList: true, subtree: true })
    return () => { observer.disconnect() }
    // Each navigation has a state of its own: the same setting may be asked for twice.
  }, [page, hash, state])
}
