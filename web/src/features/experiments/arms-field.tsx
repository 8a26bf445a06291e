import { Checkbox, Radio } from '@mantine/core'
import { percent } from '../../ui/format.ts'
import { seriesColour } from '../../ui/split-bar.tsx'
import { NumberField } from './number-field.tsx'
import css from './setup-form.module.css'
import type { ArmValue } from './setup-values.ts'

interface Props {
  arms: readonly ArmValue[]
  control: string
  error: string | undefined
  onArms: (arms: ArmValue[]) => void
  /** Absent where control cannot change. */
  onControl?: (variant: string) => void
}

/** Which variants of the flag take part, in what ratio, and which of them is control. */
export function ArmsField({ arms, control, error, onArms, onControl }: Props) {
  const sum = arms.reduce((total, arm) => total + (arm.takesPart && arm.weight !== '' ? arm.weight : 0), 0)
  const change = (variant: string, part: Partial<ArmValue>) => { onArms(arms.map((arm) => (arm.variant === variant ? { ...arm, ...part } : arm))) }
  const treatments = arms.filter((arm) => arm.takesPart && arm.variant !== control)
  return (
    <fieldset className={css.plain} aria-describedby={error === undefined ? undefined : 'arms-error'}>
      <legend className={css.legend}>Variants</legend>
      <table className={css.arms}>
        <thead><tr><th scope="col">Takes part</th><th scope="col">Weight</th><th scope="col">Control</th><th scope="col">Share</th></tr></thead>
        <tbody>
          {arms.map((arm) => (
            <tr key={arm.variant}>
              <td>
                <span className={css.armName}>
                  <Checkbox checked={arm.takesPart} onChange={(event) => { change(arm.variant, { takesPart: event.currentTarget.checked }) }} label={arm.variant} />
                  {arm.takesPart ? <i style={{ background: seriesColour(arm.variant === control ? 0 : treatments.indexOf(arm) + 1) }} /> : null}
                </span>
              </td>
              <td><NumberField aria-label={`Weight of ${arm.variant}`} value={arm.weight} disabled={!arm.takesPart} min={0} decimalScale={4} onChange={(weight) => { change(arm.variant, { weight }) }} /></td>
              <td><Radio name="control" aria-label={`${arm.variant} is control`} checked={arm.variant === control} disabled={!arm.takesPart || onControl === undefined} onChange={() => { onControl?.(arm.variant) }} /></td>
              <td>{arm.takesPart && sum > 0 && arm.weight !== '' ? percent(arm.weight / sum) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {error === undefined ? null : <p className={css.error} id="arms-error" role="alert">{error}</p>}
    </fieldset>
  )
}
