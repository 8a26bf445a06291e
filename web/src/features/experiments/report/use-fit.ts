import { useLayoutEffect, useRef, type RefObject } from 'react'

/** Smaller nobody can read it on paper. */
const SMALLEST = 0.7
const STEP = 0.02

/** Shrinks an element, text and all, until it is at most so high: a page is a page whatever was written. */
export function useFit<T extends HTMLElement>(height: number): RefObject<T | null> {
  const ref = useRef<T>(null)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const fit = () => {
      for (let zoom = 1; zoom >= SMALLEST; zoom -= STEP) {
        element.style.zoom = String(zoom)
        if (element.getBoundingClientRect().height <= height) return
      }
    }
    fit()
    // Letters may come later than their place.
    void document.fonts?.ready.then(fit)
  })
  return ref
}
