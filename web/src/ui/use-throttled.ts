import { useEffect, useRef } from 'react'

/** Passes values on: the first at once, and of those that come faster than every so many milliseconds only the last. */
export function useThrottled<T>(send: (value: T) => void, everyMs: number): (value: T) => void {
  const latest = useRef(send)
  const state = useRef<{ timer: ReturnType<typeof setTimeout> | null; waiting: { value: T } | null }>({ timer: null, waiting: null })
  useEffect(() => { latest.current = send })
  useEffect(() => {
    const { current } = state
    return () => { if (current.timer !== null) clearTimeout(current.timer) }
  }, [])
  return (value) => {
    const { current } = state
    if (current.timer !== null) {
      current.waiting = { value }
      return
    }
    const pause = () => {
      current.timer = setTimeout(() => {
        current.timer = null
        const { waiting } = current
        current.waiting = null
        if (waiting === null) return
        latest.current(waiting.value)
        pause()
      }, everyMs)
    }
    latest.current(value)
    pause()
  }
}
