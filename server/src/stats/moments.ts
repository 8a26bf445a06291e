/** Count, mean and centred second moment sum((x - mean)^2). `m2`, not the sum of squares: the latter loses all digits when the mean is large. */
export interface Moments {
  n: number
  mean: number
  m2: number
}

/** Sum with Neumaier's compensation: exact to the last bit in all but adversarial orders. */
export function compensatedSum(values: ArrayLike<number>): number {
  let sum = 0
  let carry = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    const next = sum + value
    carry += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  return sum + carry
}

/** Two-pass moments with a compensated mean and the corrected second pass (Chan, Golub & LeVeque 1983). n = 0 gives mean NaN. */
export function momentsOf(values: ArrayLike<number>): Moments {
  const n = values.length
  if (n === 0) return { n: 0, mean: NaN, m2: 0 }
  // Shifting by the first value keeps the mean of large, close values exact.
  const first = values[0] as number
  let sum = 0
  let carry = 0
  for (let i = 0; i < n; i++) {
    const value = (values[i] as number) - first
    const next = sum + value
    carry += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  const shift = (sum + carry) / n
  let squares = 0
  let rest = 0
  for (let i = 0; i < n; i++) {
    const d = (values[i] as number) - first - shift
    squares += d * d
    rest += d
  }
  return { n, mean: first + shift, m2: Math.max(0, squares - (rest * rest) / n) }
}

/** Sample variance m2 / (n - 1); NaN below two values. */
export function sampleVariance({ n, m2 }: Moments): number {
  return n > 1 ? m2 / (n - 1) : NaN
}

/** Moments of the union of disjoint parts (Chan, Golub & LeVeque 1979). */
export function mergeMoments(parts: readonly Moments[]): Moments {
  return parts.filter((part) => part.n > 0).reduce(mergeTwo, { n: 0, mean: NaN, m2: 0 })
}

function mergeTwo(a: Moments, b: Moments): Moments {
  if (a.n === 0) return b
  const n = a.n + b.n
  const d = b.mean - a.mean
  return { n, mean: a.mean + (d * b.n) / n, m2: a.m2 + b.m2 + (d * d * a.n * b.n) / n }
}

/** Sample covariance of paired values, by two passes; NaN below two pairs. */
export function sampleCovariance(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const n = x.length
  if (n < 2 || y.length !== n) return NaN
  const meanX = momentsOf(x).mean
  const meanY = momentsOf(y).mean
  let cross = 0
  let restX = 0
  let restY = 0
  for (let i = 0; i < n; i++) {
    const dx = (x[i] as number) - meanX
    const dy = (y[i] as number) - meanY
    cross += dx * dy
    restX += dx
    restY += dy
  }
  return (cross - (restX * restY) / n) / (n - 1)
}

/** Pearson's correlation; NaN where either side does not vary. */
export function sampleCorrelation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return sampleCovariance(x, y) / Math.sqrt(sampleVariance(momentsOf(x)) * sampleVariance(momentsOf(y)))
}
