import { finite, isAnswer, noAnswer, type Answer } from './answer.ts'
import { cochranQ, gailSimon, type CochranQ } from './heterogeneity.ts'
import { adjustPValues } from './multiple.ts'
import { normalSurvival } from './normal.ts'
import { randomEffects } from './random-effects.ts'

export interface SegmentEffect {
  key: string
  effect: number
  se: number
}

export interface DrillDownRow extends SegmentEffect {
  p: number
  /** Benjamini-Hochberg over the values of the dimension. */
  adjustedP: number
  /** Moved towards the pooled effect by as much as the values do not differ (DerSimonian-Laird). */
  shrunk: number
}

export interface DrillDown {
  heterogeneity: CochranQ
  /** Gail and Simon, of H0: no value has the opposite sign. */
  reversalP: number
  rows: DrillDownRow[]
}

/** Effects by the values of one attribute: first whether they differ at all, then each. A drill-down confirms nothing; it may seed a new hypothesis. */
export function drillDown(segments: readonly SegmentEffect[]): Answer<DrillDown> {
  if (segments.length < 2) return noAnswer('too_few_units')
  const [effects, ses] = [segments.map(({ effect }) => effect), segments.map(({ se }) => se)]
  const heterogeneity = cochranQ(effects, ses)
  if (!isAnswer(heterogeneity)) return heterogeneity
  const reversal = gailSimon(effects, ses)
  if (!isAnswer(reversal)) return reversal
  const pooled = randomEffects(effects, ses.map((se) => se * se))
  if (!isAnswer(pooled)) return pooled
  const p = segments.map(({ effect, se }) => 2 * normalSurvival(Math.abs(effect / se)))
  const adjusted = adjustPValues(p, 'bh')
  const { tau2, mean } = pooled.dl
  const rows = segments.map((segment, i) => {
    const variance = segment.se * segment.se
    return { ...segment, p: p[i] as number, adjustedP: adjusted[i] ?? 1, shrunk: (segment.effect * tau2 + variance * mean) / (tau2 + variance) }
  })
  return finite({ heterogeneity, reversalP: reversal.p, rows })
}

/** The values that a dimension table shows, by units: at most `most`, everything else under one name. */
export function topValues(values: readonly { key: string; units: number }[], most = 20): { shown: string[]; other: string[] } {
  const ordered = [...values].sort((x, y) => y.units - x.units || (x.key < y.key ? -1 : 1)).map(({ key }) => key)
  return { shown: ordered.slice(0, most), other: ordered.slice(most) }
}
