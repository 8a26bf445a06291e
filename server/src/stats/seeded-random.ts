export interface SeededRandom {
  /** Uniform on [0, 1). */
  uniform(): number
  normal(): number
  /** Number of successes in `n` trials: exact below 200 trials or 15 expected, else by the rounded normal approximation. */
  binomial(n: number, p: number): number
}

/** xoshiro128** (Blackman & Vigna 2018), seeded by splitmix32: simulations repeat exactly. */
export function seededRandom(seed: number): SeededRandom {
  let mix = seed | 0
  const state = Array.from({ length: 4 }, () => {
    mix = (mix + 0x9e3779b9) | 0
    let z = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b)
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
    return (z ^ (z >>> 16)) >>> 0
  }) as [number, number, number, number]
  let spare: number | null = null

  function next(): number {
    const rotated = Math.imul(state[1], 5)
    const result = Math.imul((rotated << 7) | (rotated >>> 25), 9)
    const shifted = state[1] << 9
    state[2] ^= state[0]
    state[3] ^= state[1]
    state[1] ^= state[2]
    state[0] ^= state[3]
    state[2] ^= shifted
    state[3] = (state[3] << 11) | (state[3] >>> 21)
    return result >>> 0
  }

  const uniform = () => next() / 4294967296

  /** Marsaglia's polar method. */
  function normal(): number {
    if (spare !== null) {
      const kept = spare
      spare = null
      return kept
    }
    for (;;) {
      const x = 2 * uniform() - 1
      const y = 2 * uniform() - 1
      const s = x * x + y * y
      if (s === 0 || s >= 1) continue
      const factor = Math.sqrt((-2 * Math.log(s)) / s)
      spare = y * factor
      return x * factor
    }
  }

  function binomial(n: number, p: number): number {
    if (p > 0.5) return n - binomial(n, 1 - p)
    if (n >= 200 && n * p >= 15) return Math.min(n, Math.max(0, Math.round(n * p + normal() * Math.sqrt(n * p * (1 - p)))))
    if (p <= 0) return 0
    // Waiting times between successes are geometric.
    const log = Math.log1p(-p)
    let count = 0
    for (let at = Math.floor(Math.log1p(-uniform()) / log); at < n; at += 1 + Math.floor(Math.log1p(-uniform()) / log)) count++
    return count
  }

  return { uniform, normal, binomial }
}
