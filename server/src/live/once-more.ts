/** Does the work of a key one run at a time: what is asked for while it runs is done by one more run afterwards. */
export function onceMore(work: (key: string) => Promise<void>): (key: string) => Promise<void> {
  const running = new Map<string, { again: boolean }>()
  return async (key) => {
    const other = running.get(key)
    if (other) {
      other.again = true
      return
    }
    const own = { again: true }
    running.set(key, own)
    try {
      while (own.again) {
        own.again = false
        await work(key)
      }
    } finally {
      running.delete(key)
    }
  }
}
