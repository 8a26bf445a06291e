export interface GroupCommit<Batch, Outcome> {
  /** Resolves once the batch's own outcome is known. */
  add(batch: Batch, size: number): Promise<Outcome>
  /** Resolves once everything added so far has its outcome. */
  idle(): Promise<void>
  /** Sum of the sizes that wait or are being written. */
  readonly pending: number
}

interface Waiting<Batch, Outcome> {
  batch: Batch
  size: number
  resolve(outcome: Outcome): void
  reject(error: unknown): void
}

/**
 * One write at a time; whatever arrives meanwhile shares the next one. `write` gives every batch its own outcome, so a
 * failure of one reaches nobody else. A group holds at most `maxSize` unless its first batch alone is greater.
 */
export function createGroupCommit<Batch, Outcome>(write: (batches: Batch[]) => Promise<PromiseSettledResult<Outcome>[]>, maxSize: number): GroupCommit<Batch, Outcome> {
  const queue: Waiting<Batch, Outcome>[] = []
  let running: Promise<void> | null = null
  let pending = 0

  function nextGroup(): Waiting<Batch, Outcome>[] {
    let size = 0
    let count = 0
    for (const waiting of queue) {
      if (count > 0 && size + waiting.size > maxSize) break
      size += waiting.size
      count += 1
    }
    return queue.splice(0, count)
  }

  async function run(): Promise<void> {
    while (queue.length > 0) {
      const group = nextGroup()
      try {
        const outcomes = await write(group.map((waiting) => waiting.batch))
        group.forEach((waiting, index) => {
          const outcome = outcomes[index]
          if (outcome?.status === 'fulfilled') waiting.resolve(outcome.value)
          else waiting.reject(outcome?.reason ?? new Error('a batch was written without an outcome'))
        })
      } catch (error) {
        for (const waiting of group) waiting.reject(error)
      }
      for (const waiting of group) pending -= waiting.size
    }
    running = null
  }

  return {
    add(batch, size) {
      pending += size
      return new Promise((resolve, reject) => {
        queue.push({ batch, size, resolve, reject })
        // The first batch waits one turn, so requests that arrive together also share the first write.
        running ??= new Promise<void>((next) => setImmediate(next)).then(run)
      })
    },
    async idle() {
      while (running) await running
    },
    get pending() {
      return pending
    },
  }
}
