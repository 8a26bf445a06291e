export interface Rule {
  nodes: Float64Array
  weights: Float64Array
}

const cache = new Map<number, Rule>()

/** Gauss-Legendre nodes and weights on [-1, 1], by Newton's method on the Legendre recurrence. Exact for polynomials of degree 2 * order - 1. */
export function gaussLegendre(order: number): Rule {
  const known = cache.get(order)
  if (known) return known
  const nodes = new Float64Array(order)
  const weights = new Float64Array(order)
  for (let i = 0; i < order; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (order + 0.5))
    let derivative = 0
    for (let iteration = 0; iteration < 100; iteration++) {
      let current = 1
      let previous = 0
      for (let k = 0; k < order; k++) [current, previous] = [((2 * k + 1) * x * current - k * previous) / (k + 1), current]
      derivative = (order * (x * current - previous)) / (x * x - 1)
      const step = current / derivative
      x -= step
      if (Math.abs(step) < 1e-16) break
    }
    nodes[i] = x
    weights[i] = 2 / ((1 - x * x) * derivative * derivative)
  }
  const rule = { nodes, weights }
  cache.set(order, rule)
  return rule
}

/** Integral of `f` over [breaks[0], breaks[last]], one Gauss-Legendre panel between neighbouring breaks. */
export function integrate(f: (x: number) => number, breaks: readonly number[], order = 16): number {
  const { nodes, weights } = gaussLegendre(order)
  let sum = 0
  for (let panel = 1; panel < breaks.length; panel++) {
    const from = breaks[panel - 1] as number
    const half = ((breaks[panel] as number) - from) / 2
    for (let i = 0; i < order; i++) sum += half * (weights[i] as number) * f(from + half * (1 + (nodes[i] as number)))
  }
  return sum
}
