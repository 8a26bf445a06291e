import * as z from 'zod/mini'
import { instant, slug } from './fields.ts'
import { direction } from './metrics.ts'
import { defineRoutes } from './route.ts'

const interval = { lower: z.number(), upper: z.number() }
/** A relative lift with a 95 % interval; an end that is not known is null. */
const effect = z.object({ lift: z.number(), lower: z.nullable(z.number()), upper: z.nullable(z.number()) })

/** How the programme of experiments does as a whole: final verdicts of ended or running experiments, the invalid ones never counted. */
export const programme = z.object({
  at: instant,
  sample: z.object({ /** With a final, valid verdict. */ counted: z.int(), invalid: z.int(), /** Started, without a final verdict. */ open: z.int(), from: z.nullable(instant), to: z.nullable(instant) }),
  /** Every number has a sentence, which also says why there is none. */
  winRate: z.object({ sentence: z.string(), value: z.nullable(z.object({ rate: z.number(), ...interval, wins: z.int(), decided: z.int() })) }),
  falseDiscovery: z.object({ sentence: z.string(), value: z.nullable(z.object({ risk: z.number(), /** At the ends of the win rate's interval; null where the win rate is not above chance. */ lower: z.number(), upper: z.nullable(z.number()), trueShare: z.number() })) }),
  /** Per deciding metric, in its preferred direction: lifts of different metrics do not add up. */
  metrics: z.array(z.object({
    metric: slug,
    name: z.string(),
    direction,
    sentence: z.string(),
    experiments: z.int(),
    /** Sum of the lifts that cleared the bar, as estimated, and with the bias of having picked winners removed. */
    raw: z.nullable(z.number()),
    corrected: z.nullable(z.object({ total: z.number(), ...interval })),
    /** Compound of the shipped lifts, each drawn towards what experiments on this metric usually find. */
    shipped: z.int(),
    compound: z.nullable(effect),
  })),
  calibration: z.object({
    sentence: z.string(),
    value: z.nullable(z.object({ forecasts: z.int(), brier: z.number(), ...interval, skill: z.nullable(z.number()), bins: z.array(z.object({ from: z.number(), to: z.number(), count: z.int(), meanForecast: z.number(), rate: z.number(), ...interval })) })),
    /** Of the forecast lifts, how many lie in the interval that was found. */
    lifts: z.object({ forecasts: z.int(), inside: z.int() }),
  }),
  /** People who were kept out of what experiments shipped, against everybody else: the effect of all of it together. */
  holdouts: z.array(z.object({ key: slug, name: z.string(), share: z.number(), since: instant, environment: slug, held: z.int(), open: z.int(), lastAt: z.nullable(instant), sentence: z.string(), metrics: z.array(z.object({ metric: slug, name: z.string(), direction, effect: z.nullable(effect), sentence: z.string() })) })),
  experiments: z.array(z.object({ key: z.string(), title: z.string(), verdict: z.string(), metric: z.string(), effect: z.nullable(effect), shrunk: z.nullable(z.number()), shipped: z.boolean(), forecast: z.nullable(z.number()), at: instant })),
})
export type Programme = z.infer<typeof programme>

export const programmeRoutes = defineRoutes({
  getProgramme: { method: 'GET', path: '/api/v1/projects/:project/programme', summary: 'How the experiments of a project do as a whole: win rate, false findings, forecasts, cumulative impact', access: 'project.read', response: programme },
})
