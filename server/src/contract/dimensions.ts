import * as z from 'zod/mini'
import { effectOfPair } from './analysis.ts'
import { instant, slug } from './fields.ts'
import { direction, metricType } from './metrics.ts'
import { defineRoutes } from './route.ts'

const nullableNumber = z.nullable(z.number())

/** What results may be split by: an attribute that exposures carried, or the day of somebody's first exposure. */
export const splitBy = z.enum(['attribute', 'first_day'])
export type SplitBy = z.infer<typeof splitBy>

/** `value`: as recorded; `other`: all values beyond the twenty with most people; `missing`: exposures without the attribute. */
const sliceKind = z.enum(['value', 'other', 'missing'])

/** One treatment against control among the people of one value. Nothing in here confirms a hypothesis. */
const sliceComparison = z.extend(effectOfPair, {
  arm: z.string(),
  status: z.string(),
  flags: z.array(z.string()),
  /** Benjamini-Hochberg over the values. */
  adjustedP: nullableNumber,
  /** The lift drawn towards that of all values, as far as they do not differ. */
  shrunkLift: nullableNumber,
})
export type SliceComparison = z.infer<typeof sliceComparison>

const slice = z.object({
  kind: sliceKind,
  value: z.string(),
  /** People who met an arm, and the primary metric among those of them who count in it. */
  arms: z.array(z.object({ arm: z.string(), exposed: z.int(), n: z.int(), mean: nullableNumber })),
  comparisons: z.array(sliceComparison),
  /** Whether these people fell into the arms as planned; Holm over the values. Null where there are too few. */
  srm: z.nullable(z.object({ p: z.number(), adjustedP: z.number() })),
})
export type Slice = z.infer<typeof slice>

/** Whether the effect differs between values at all: read this before any value. Null members: fewer than two values have a lift. */
const heterogeneity = z.object({
  arm: z.string(),
  /** Values that have a lift with a standard error. */
  values: z.int(),
  q: nullableNumber,
  df: nullableNumber,
  p: nullableNumber,
  /** Share of the variation between values that is beyond chance. */
  i2: nullableNumber,
  /** Gail and Simon: small where one value gains and another loses. */
  reversalP: nullableNumber,
  pooledLift: nullableNumber,
})
export type Heterogeneity = z.infer<typeof heterogeneity>

export const dimension = z.object({
  experiment: z.string(),
  phase: z.int(),
  at: instant,
  /** What exposures of this phase carried, most people first: the values that were counted, and the people who had one. */
  attributes: z.array(z.object({ name: z.string(), values: z.int(), people: z.int() })),
  /** What is shown; null where nothing was asked for. */
  split: z.nullable(
    z.object({
      by: splitBy,
      attribute: z.nullable(z.string()),
      metric: z.object({ key: slug, name: z.string(), type: metricType, direction, unitLabel: z.string() }),
      control: z.string(),
      slices: z.array(slice),
      heterogeneity: z.array(heterogeneity),
    }),
  ),
})
export type Dimension = z.infer<typeof dimension>

export const dimensionRoutes = defineRoutes({
  getDimension: {
    method: 'GET',
    path: '/api/v1/projects/:project/experiments/:experiment/dimensions',
    summary: 'The primary metric by the values of an attribute at exposure or by day of first exposure: to explore, never to confirm',
    access: 'project.read',
    query: z.strictObject({ by: z.exactOptional(splitBy), attribute: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(200))) }),
    response: dimension,
  },
})
