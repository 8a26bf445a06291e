import type { ExperimentSetup } from '@assay/server/contract'
import { NumberInput, Select } from '@mantine/core'
import css from './advanced-fields.module.css'
import type { ExtraErrors, PlanExtras } from './plan-extras.ts'

interface Props {
  extras: PlanExtras
  mode: ExperimentSetup['mode']
  errors: ExtraErrors
  onChange: (part: Partial<PlanExtras>) => void
}

/** What few need to decide: open where somebody has, or where it cannot be saved. */
export function AdvancedFields({ extras, mode, errors, onChange }: Props) {
  const decided = extras.spending !== 'obf' || extras.tunedUnits !== '' || extras.cupedDays === '' || errors.cupedDays !== undefined || errors.tunedUnits !== undefined
  return (
    <details className={css.advanced} open={decided}>
      <summary>Advanced: how estimates are made narrower</summary>
      <div className={css.fields}>
        <NumberInput label="Days before that adjust" description="What each person did before they met it takes out what has nothing to do with it (CUPED). Empty for none." placeholder="None" suffix=" days" min={1} max={90} allowDecimal={false} hideControls value={extras.cupedDays} error={errors.cupedDays} onChange={(cupedDays) => { onChange({ cupedDays }) }} />
        {mode === 'group_sequential' ? (
          <Select label="Where early looks count" description="How the chance of a false alarm is spread over the looks." allowDeselect={false} data={[{ value: 'obf', label: 'Mostly at the end' }, { value: 'quadratic', label: 'More evenly' }]} value={extras.spending} onChange={(spending) => { onChange({ spending: spending === 'quadratic' ? 'quadratic' : 'obf' }) }} />
        ) : null}
        <NumberInput label="Narrowest at" description="People at whom always-valid intervals are narrowest: guardrails have them in every plan." placeholder="The planned people" suffix=" people" min={2} allowDecimal={false} thousandSeparator="," hideControls value={extras.tunedUnits} error={errors.tunedUnits} onChange={(tunedUnits) => { onChange({ tunedUnits }) }} />
      </div>
    </details>
  )
}
