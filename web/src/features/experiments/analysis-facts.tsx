import type { Analysis } from '@assay/server/contract'
import { exact } from '../../ui/effect-format.ts'
import { dateTimeUtc, percent } from '../../ui/format.ts'
import css from './analysis-facts.module.css'
import { powerFacts } from './power-facts.ts'

/** When and from what an analysis was made. */
export function AnalysisFacts({ analysis }: { analysis: Analysis }) {
  const facts: readonly (readonly [string, string])[] = [
    ['Analysed', dateTimeUtc(analysis.at)],
    ['First person', analysis.firstExposureAt === null ? 'nobody yet' : dateTimeUtc(analysis.firstExposureAt)],
    ['Last person', analysis.lastExposureAt === null ? 'nobody yet' : dateTimeUtc(analysis.lastExposureAt)],
    ['Days of data', exact(Number(analysis.days.toFixed(2)))],
    ['Share of the planned data', analysis.informationFraction === null ? 'nothing planned' : percent(analysis.informationFraction, 1)],
    ...powerFacts(analysis),
    ['Engine version', analysis.engineVersion],
  ]
  return (
    <dl className={css.facts}>
      {facts.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}
    </dl>
  )
}
