import type { ExperimentSetup, Hypothesis, Metric } from '@assay/server/contract'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { chance, goal, isShare } from '../../ui/effect-format.ts'
import { count, percent, plural } from '../../ui/format.ts'
import { useMeasuredToday } from '../../ui/metric-dialog/use-measured-today.ts'
import { Panel } from '../../ui/panel.tsx'
import type { Baseline } from './baseline.ts'
import { neededPeople } from '../../ui/plan/needed-people.ts'
import { NumberField } from './number-field.tsx'
import css from './power-panel.module.css'

interface Props {
  setup: ExperimentSetup
  hypothesis: Hypothesis
  metric: Metric
  /** What an earlier experiment measured under control. */
  known: Baseline | null
  onUse: (people: number) => void
}

/** How many people the plan needs to see the effect worth having, while it is being written. */
export function PowerPanel({ setup, hypothesis, metric, known, onUse }: Props) {
  const share = isShare(metric.type)
  const today = useMeasuredToday(metric, setup.environment, setup.unitType)
  const start = known ?? today
  const [typed, setTyped] = useState<{ level?: number | ''; sd?: number | '' }>({})
  const level = typed.level ?? (start === null ? '' : shown(start.level, share))
  const sd = typed.sd ?? (start === null || start.sd === null ? '' : Number(start.sd.toPrecision(4)))
  const { minimumEffect, direction } = hypothesis
  const answer = level === '' || minimumEffect === null ? null : neededPeople({ setup, type: metric.type, direction, baseline: share ? level / 100 : level, sd: sd === '' ? null : sd, minimumEffect, guardrails: hypothesis.guardrails.length })
  return (
    <Panel title="How many people">
      <div className={css.fields}>
        <NumberField label={`${metric.name} today`} description={known !== null ? `Measured under control of ${known.from}.` : today === null ? 'Nothing measured it yet. Type what you know.' : `Measured in ${setup.environment} over ${plural(today.days, 'day')}.`} suffix={share ? '%' : metric.unitLabel === '' ? '' : ` ${metric.unitLabel}`} decimalScale={6} value={level} onChange={(value) => { setTyped({ ...typed, level: value }) }} />
        {share ? null : <NumberField label="How much people differ" description="Standard deviation of what one person adds." decimalScale={6} value={sd} onChange={(value) => { setTyped({ ...typed, sd: value }) }} />}
      </div>
      <div className={css.answer} aria-live="polite">
        {minimumEffect === null ? 'The hypothesis does not say which effect is worth having yet.' : answer === null ? 'With today’s level, the people needed stand here.' : (
          <>
            <b>{count(answer.total)} people</b>
            over all variants, to see {goal(direction === 'increase' ? minimumEffect : -minimumEffect)} with a chance of {percent(setup.power)}.
            {hypothesis.guardrails.length === 0 ? null : <small>Sized for {percent(answer.powerEach)} alone, so that it and the guardrails pass together.</small>}
            {answer.chanceAsPlanned === null || answer.chanceAsPlanned >= answer.powerEach - 0.01 ? null : <small className={css.short}>The {count(setup.plannedUnits ?? 0)} planned have a chance of {chance(answer.chanceAsPlanned)}.</small>}
          </>
        )}
      </div>
      {answer === null || answer.total === setup.plannedUnits ? null : <Button className={css.use ?? ''} variant="default" size="compact-sm" onClick={() => { onUse(answer.total) }}>Plan for {count(answer.total)}</Button>}
    </Panel>
  )
}

function shown(level: number, share: boolean): number {
  return Number((share ? level * 100 : level).toPrecision(4))
}
