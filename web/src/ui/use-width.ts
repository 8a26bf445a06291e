import { useLayoutEffect, useRef, useState, type RefObject } from 'react'

/** Width of an element in pixels, as it changes. */
export function useWidth<T extends HTMLElement>(initial = 640): readonly [RefObject<T | null>, number] {
  const ref = useRef<T>(null)
  const [width, setWidth] = useState(initial)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => { if (entry) setWidth(Math.round(entry.contentRect.width)) })
    observer.observe(element)
    setWidth(element.clientWidth || initial)
    return () => { observer.disconnect() }
  }, [initial])
  return [ref, width]
}
