import type { Metric } from '@assay/server/contract'
import { Button, NumberInput } from '@mantine/core'
import { useState } from 'react'
import { isShare } from '../../ui/effect-format.ts'
import { count, percent, plural } from '../../ui/format.ts'
import { useMeasuredToday } from '../../ui/metric-dialog/use-measured-today.ts'
import { Panel } from '../../ui/panel.tsx'
import { neededPeople } from '../../ui/plan/needed-people.ts'
import { numberOf, percentToShare, type DraftForm, type Typed } from './draft-form.ts'
import css from './duration-panel.module.css'
import { daysNeeded } from './days-needed.ts'
import { effectWords } from './effect-words.ts'
import { admittedBy, type SetupForm } from './setup-form.ts'

interface Props {
  form: DraftForm
  setup: SetupForm
  metric: Metric | undefined
  /** Takes the people needed into the plan. */
  onPlan: (people: number) => void
}

/** How many people and days an answer takes, from the level of the metric today. Nothing typed here is stored. */
export function DurationPanel({ form, setup, metric, onPlan }: Props) {
  const effect = percentToShare(form.minimumEffect)
  if (metric === undefined || effect === null || effect <= 0) {
    return <Panel title="How long will it take?"><p className="soft">Choose the deciding metric and the smallest effect under Measure, and this says how many people and days it takes.</p></Panel>
  }
  return <Duration key={metric.key} form={form} setup={setup} metric={metric} effect={effect} onPlan={onPlan} />
}

/** Starts from what the metric measures on the events that are there; whatever is typed goes before it. */
function Duration({ form, setup, metric, effect, onPlan }: Props & { metric: Metric; effect: number }) {
  const [typed, setTyped] = useState<{ baseline?: Typed; sd?: Typed; perDay?: Typed }>({})
  const today = useMeasuredToday(metric, setup.environment, setup.unitType)
  const share = isShare(metric.type)
  const baseline = typed.baseline ?? (today === null ? '' : Number((share ? today.level * 100 : today.level).toPrecision(4)))
  const sd = typed.sd ?? (today === null || today.sd === null ? '' : Number(today.sd.toPrecision(4)))
  const perDay = typed.perDay ?? (today === null ? '' : today.peoplePerDay)
  const level = share ? percentToShare(baseline) : numberOf(baseline)
  const arms = setup.arms.filter((arm) => arm.included).map(({ variant, weight }) => ({ variant, weight: numberOf(weight) ?? 0 }))
  const guardrails = form.guardrails.filter((guardrail) => guardrail.metric !== '').length
  const asked = { arms, control: setup.control ?? '', mode: setup.mode, alpha: setup.alpha, power: setup.power, plannedUnits: numberOf(setup.plannedUnits) }
  const size = level === null ? null : neededPeople({ setup: asked, type: metric.type, direction: form.direction, baseline: level, sd: share ? null : numberOf(sd), minimumEffect: effect, guardrails })
  const rate = (numberOf(perDay) ?? 0) * admittedBy(setup)
  const days = size === null ? null : daysNeeded(size.total, rate, numberOf(setup.minDays) ?? 0, metric.windowHours)
  const maxDays = numberOf(form.maxDays)
  const askedAll = level !== null && (share || numberOf(sd) !== null)
  return (
    <Panel title="How long will it take?" aside={<span className="muted">Nothing typed here is stored</span>}>
      <div className={css.inputs}>
        <NumberInput label={share || metric.type === 'ratio' || metric.type === 'quantile' ? `${metric.name}, today` : `Mean of ${metric.name}, today`} placeholder={share ? '4.2' : '18'} suffix={share ? '%' : metric.unitLabel === '' ? '' : ` ${metric.unitLabel}`} min={0} hideControls value={baseline} onChange={(next) => { setTyped({ ...typed, baseline: next }) }} />
        {share ? null : <NumberInput label="Standard deviation" placeholder="45" min={0} hideControls value={sd} onChange={(next) => { setTyped({ ...typed, sd: next }) }} />}
        <NumberInput label="People per day" placeholder="2,500" min={0} thousandSeparator="," hideControls value={perDay} onChange={(next) => { setTyped({ ...typed, perDay: next }) }} />
      </div>
      <div aria-live="polite">
        {size === null ? (
          <p className={css.note}>{askedAll ? 'These numbers do not go together: the level with the effect has to stay possible.' : `Type the level of the metric to see how many people it takes to notice ${effectWords(form.direction, effect)}.`}</p>
        ) : (
          <>
            {today === null ? null : <p className={css.note}>Measured in {setup.environment} over {plural(today.days, 'day')}, until you type something else.</p>}
            <p className={css.answer}><b>{count(size.total)}</b> people{days === null ? null : <>, about <b>{plural(days, 'day')}</b></>}</p>
            <p className={css.note}>
              That many show a change of {effectWords(form.direction, effect)} in {percent(setup.power)} of the cases where there is one; {count(size.smallestArm)} of them in the smallest arm.
              {guardrails === 0 || size.powerEach === setup.power ? '' : ` Sized for ${percent(size.powerEach)} alone, so that it and the guardrails pass together.`}
              {days !== null && admittedBy(setup) < 1 ? ` Of ${count(numberOf(perDay) ?? 0)} people per day, ${count(Math.round(rate))} take part.` : ''}
              {days !== null && metric.windowHours !== null ? ` The last ${plural(Math.ceil(metric.windowHours / 24), 'day')} wait for the window of the last person.` : ''}
              {days !== null && maxDays !== null && days > maxDays ? ` The plan allows ${plural(maxDays, 'day')}: look for a larger effect, or let more people in.` : ''}
            </p>
            {numberOf(setup.plannedUnits) === size.total ? <p className={css.note}>The plan asks for these people.</p> : <Button variant="default" size="compact-sm" onClick={() => { onPlan(size.total) }}>Plan for {count(size.total)} people</Button>}
          </>
        )}
      </div>
    </Panel>
  )
}
