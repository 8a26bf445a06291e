import { average, rate, type Simulation } from './harness.ts'

const truth = [0.1, 0.11, 0.13]
const batches = 14
const perBatch = 1000

export const bandit: Simulation[] = [
  {
    id: 'B1',
    about: 'a bandit over three arms, 14 batches of 1,000: what it finds, what it costs, and how its arms are read',
    run({ engine, random, sims }) {
      const n = sims(400)
      const best = Math.max(...truth)
      const uniform = batches * perBatch * (best - truth.reduce((sum, p) => sum + p, 0) / truth.length)
      const regrets = new Float64Array(n)
      const naiveBias = new Float64Array(n)
      const weightedBias = new Float64Array(n)
      let [found, covered] = [0, 0]
      for (let i = 0; i < n; i++) {
        const units = truth.map(() => 0)
        const successes = truth.map(() => 0)
        // Rows of one arm's read-out: everybody, with the share that the arm had when they came.
        const reward: number[] = []
        const propensity: number[] = []
        const target: number[] = []
        let weights = truth.map(() => 1 / truth.length)
        let regret = 0
        for (let batch = 0; batch < batches; batch++) {
          const drawn = allocate(weights, perBatch, random.uniform)
          truth.forEach((p, arm) => {
            const size = drawn[arm] as number
            const won = random.binomial(size, p)
            units[arm] = (units[arm] as number) + size
            successes[arm] = (successes[arm] as number) + won
            regret += size * (best - p)
            if (arm !== 0) return
            for (let unit = 0; unit < size; unit++) {
              reward.push(unit < won ? 1 : 0)
              propensity.push(weights[0] as number)
              target.push(1)
            }
          })
          for (let unit = drawn[0] as number; unit < perBatch; unit++) {
            reward.push(0)
            propensity.push(1)
            target.push(0)
          }
          const arms = truth.map((_, arm) => engine.proportionSample(successes[arm] as number, units[arm] as number))
          const next = engine.nextAllocation(arms, null, batch)
          if (engine.isAnswer(next)) weights = next.weights
        }
        regrets[i] = regret / uniform
        if (weights.indexOf(Math.max(...weights)) === 2) found++
        naiveBias[i] = (successes[0] as number) / (units[0] as number) - (truth[0] as number)
        const read = engine.requireAnswer(engine.importanceWeighted(reward, propensity, target))
        weightedBias[i] = read.ipw - (truth[0] as number)
        if (Math.abs(read.ipw - (truth[0] as number)) <= 1.959963984540054 * read.ipwSe) covered++
      }
      return [
        rate('B1', 'best arm found', found, n, { atLeast: 0.97 }),
        average('B1', 'regret as a share of that of equal shares', regrets, { atMost: 0.45 }, 'share'),
        average('B1', 'bias of a loser\'s plain mean (why it is not used)', naiveBias, { atMost: 0 }),
        average('B1', 'bias of a loser\'s inverse-propensity mean', weightedBias, { about: 0, give: 0.0002 }),
        rate('B1', 'coverage, inverse-propensity interval', covered, n, { from: 0.93, to: 0.97 }),
      ]
    },
  },
]

/** Every unit of a batch picks its arm by itself, as buckets do. */
function allocate(weights: readonly number[], size: number, uniform: () => number): number[] {
  const counts = weights.map(() => 0)
  for (let unit = 0; unit < size; unit++) {
    let rest = uniform()
    let arm = 0
    while (arm < weights.length - 1 && rest >= (weights[arm] as number)) {
      rest -= weights[arm] as number
      arm++
    }
    counts[arm] = (counts[arm] as number) + 1
  }
  return counts
}
