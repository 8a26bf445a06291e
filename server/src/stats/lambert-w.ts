/**
 * The lower real branch W_{-1}: the w <= -1 with w e^w = x, for -1/e <= x < 0; NaN outside.
 *
 * Halley's iteration (Corless et al. 1996) from the branch-point series near -1/e and from ln(-x) - ln(-ln(-x)) elsewhere.
 */
export function lambertWMinusOne(x: number): number {
  if (!(x < 0) || x < -1 / Math.E) return Math.abs(x + 1 / Math.E) < 1e-16 ? -1 : NaN
  if (x === -1 / Math.E) return -1
  const nearBranch = 1 + Math.E * x
  const logs = Math.log(-x)
  let w = nearBranch < 0.05 ? -1 - Math.sqrt(2 * nearBranch) - (2 / 3) * nearBranch : logs - Math.log(-logs)
  for (let i = 0; i < 60; i++) {
    const e = Math.exp(w)
    const f = w * e - x
    const step = f / (e * (w + 1) - ((w + 2) * f) / (2 * w + 2))
    if (!Number.isFinite(step)) break
    w -= step
    if (Math.abs(step) <= 1e-16 * Math.abs(w)) break
  }
  return w
}
