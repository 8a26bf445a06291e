import { Select } from '@mantine/core'
import { CALLERS_DEFAULT } from '@assay/server/contract'
import css from './rules.module.css'
import type { TargetingContext } from './targeting-context.ts'

/** Value of the picker for "no variant at all". */
const CALLER = 'the caller'

interface Props {
  variant: string | null
  onChange: (variant: string | null) => void
  context: TargetingContext
}

/** What everybody gets while the flag is off. */
export function OffLine({ variant, onChange, context }: Props) {
  const data = [{ group: 'Variant', items: context.variants.map(({ key, name }) => ({ value: key, label: name ?? key })) }, { group: 'No variant', items: [{ value: CALLER, label: CALLERS_DEFAULT }] }]
  const shown = variant === null ? CALLERS_DEFAULT : context.naming.variant(variant)
  return (
    <div className={css.off}>
      <span>While off, or while something it needs is missing, serve</span>
      {context.mayEdit ? <Select aria-label="Served while off" data={data} value={variant ?? CALLER} onChange={(value) => { if (value !== null) onChange(value === CALLER ? null : value) }} allowDeselect={false} size="xs" /> : <b>{shown}</b>}
    </div>
  )
}
