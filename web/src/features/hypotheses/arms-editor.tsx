import { Checkbox, NumberInput, Radio } from '@mantine/core'
import { percent } from '../../ui/format.ts'
import { seriesColour, SplitBar } from '../../ui/split-bar.tsx'
import css from './arms-editor.module.css'
import { numberOf } from './draft-form.ts'
import type { SetupForm } from './setup-form.ts'

interface Props {
  arms: SetupForm['arms']
  control: string | null
  onChange: (part: Pick<SetupForm, 'arms' | 'control'>) => void
}

/** Which variants are compared, in which proportion, and which of them is control. */
export function ArmsEditor({ arms, control, onChange }: Props) {
  const included = arms.filter((arm) => arm.included)
  const sum = included.reduce((total, arm) => total + (numberOf(arm.weight) ?? 0), 0)
  const shareOf = (weight: SetupForm['arms'][number]['weight']) => (sum === 0 ? 0 : (numberOf(weight) ?? 0) / sum)
  const series = (variant: string) => (variant === control ? 0 : 1 + included.filter((arm) => arm.variant !== control).findIndex((arm) => arm.variant === variant))
  const set = (index: number, part: Partial<SetupForm['arms'][number]>) => { onChange({ control, arms: arms.map((arm, at) => (at === index ? { ...arm, ...part } : arm)) }) }
  return (
    <fieldset className={css.arms}>
      <legend>Who meets what</legend>
      <Radio.Group value={control} onChange={(chosen) => { onChange({ arms, control: chosen }) }} aria-label="Control">
        <table>
          <thead><tr><th scope="col">Variant</th><th scope="col">Control</th><th scope="col">Weight</th><th scope="col" className="right">Share</th></tr></thead>
          <tbody>
            {arms.map((arm, index) => (
              <tr key={arm.variant} data-out={!arm.included}>
                <td><Checkbox checked={arm.included} onChange={(event) => { set(index, { included: event.currentTarget.checked }) }} label={<span className={css.variant}><i style={{ background: arm.included ? seriesColour(series(arm.variant)) : 'var(--flat-bg)' }} />{arm.variant}</span>} /></td>
                <td><Radio value={arm.variant} disabled={!arm.included} aria-label={`${arm.variant} is control`} /></td>
                <td><NumberInput aria-label={`Weight of ${arm.variant}`} w={84} min={0} hideControls disabled={!arm.included} value={arm.weight} onChange={(weight) => { set(index, { weight }) }} /></td>
                <td className="right num">{arm.included ? percent(shareOf(arm.weight)) : 'not in it'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Radio.Group>
      {sum === 0 ? null : <SplitBar height={8} parts={included.map((arm) => ({ label: arm.variant, share: shareOf(arm.weight), series: series(arm.variant) }))} />}
    </fieldset>
  )
}
