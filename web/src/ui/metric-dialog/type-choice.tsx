import type { MetricType } from '@assay/server/contract'
import { useId } from 'react'
import { typeAnswers, typeWords } from './metric-words.ts'
import css from './type-choice.module.css'

/** Kinds by what they answer, those that most people want first. */
const order: readonly MetricType[] = ['conversion', 'count', 'mean', 'sum', 'ratio', 'quantile', 'retention', 'funnel']

/** Which question the metric answers about each person. */
export function TypeChoice({ value, onChange }: { value: MetricType; onChange: (type: MetricType) => void }) {
  const name = useId()
  return (
    <fieldset className={css.types}>
      <legend>What does it answer?</legend>
      <div>
        {order.map((type) => (
          <label key={type} className={css.type}>
            <input type="radio" name={name} value={type} checked={value === type} onChange={() => { onChange(type) }} aria-label={typeWords[type]} aria-describedby={`${name}-${type}`} />
            <span><b>{typeWords[type]}</b><small id={`${name}-${type}`}>{typeAnswers[type]}</small></span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
