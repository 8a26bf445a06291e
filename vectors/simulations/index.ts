import { bandit } from './bandit.ts'
import { coverage } from './coverage.ts'
import { falsePositives } from './false-positives.ts'
import type { Simulation } from './harness.ts'
import { power } from './power.ts'
import { replay } from './replay.ts'
import { several } from './several.ts'
import { split } from './split.ts'
import { verdicts } from './verdicts.ts'

export { printed, runSimulation } from './harness.ts'

/** What the statistics promise, by id. docs/statistics.md has the table. */
export const simulations: readonly Simulation[] = [...falsePositives, ...power, ...coverage, ...split, ...several, ...verdicts, ...bandit, ...replay]
