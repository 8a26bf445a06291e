const MOST = 20

/**
 * A sample of what is evaluated for, each evaluation with the same chance (Li 1994, algorithm L): once it is full, the number
 * of evaluations until the next one that enters is drawn, so that all others only count down.
 */
export function createSampledContexts<C, S>(random: () => number, describe: (context: C) => S | undefined) {
  let kept: (S | undefined)[] = []
  let skip = 0
  let weight = 1

  /** Draws how many evaluations pass until the next one enters. */
  function draw(): void {
    weight *= Math.exp(Math.log(chance()) / MOST)
    skip = Math.floor(Math.log(chance()) / Math.log(1 - weight))
  }

  /** In (0, 1), whatever a replaced source of chance gives. */
  function chance(): number {
    return Math.min(1 - 1e-9, Math.max(1e-9, random()))
  }

  function enter(context: C): void {
    if (kept.length < MOST) {
      kept.push(describe(context))
      if (kept.length === MOST) draw()
      return
    }
    kept[Math.floor(chance() * MOST)] = describe(context)
    draw()
  }

  return {
    note(context: C): void {
      if (--skip < 0) enter(context)
    },
    /** What was sampled, for a new sample to begin. */
    take(): S[] {
      const taken = kept.filter((each) => each !== undefined)
      kept = []
      skip = 0
      weight = 1
      return taken
    },
  }
}
