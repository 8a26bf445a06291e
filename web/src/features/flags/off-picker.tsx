import { Select } from '@mantine/core'
import { CALLERS_DEFAULT, type FlagVariant } from '@assay/server/contract'

/** Value of the picker for "no variant at all". */
const CALLER = 'the caller'

interface Props {
  variant: string | null
  variants: readonly Pick<FlagVariant, 'key' | 'name'>[]
  onChange: (variant: string | null) => void
}

/** Chooses what everybody gets while the flag is off. */
export function OffPicker({ variant, variants, onChange }: Props) {
  const data = [{ group: 'Variant', items: variants.map(({ key, name }) => ({ value: key, label: name ?? key })) }, { group: 'No variant', items: [{ value: CALLER, label: CALLERS_DEFAULT }] }]
  return <Select aria-label="Served while off" data={data} value={variant ?? CALLER} onChange={(value) => { if (value !== null) onChange(value === CALLER ? null : value) }} allowDeselect={false} size="xs" />
}
