import type { PropertyFilter } from '@assay/server/contract'
import { Select } from '@mantine/core'
import { convertValues, type ScalarType } from '../condition/operand.ts'
import { SingleValue } from '../condition/single-value.tsx'
import { ValueTags } from '../condition/value-tags.tsx'
import css from './source-fields.module.css'

type Values = PropertyFilter['values']

interface Props {
  op: PropertyFilter['op']
  kind: ScalarType
  values: Values
  onChange: (values: Values) => void
}

/** One value, or several where one of them is enough. */
export function ConditionValues({ op, kind, values, onChange }: Props) {
  const single = (value: unknown) => { onChange(scalars([value])) }
  if (op === 'in') return <ValueTags key={kind} kind={kind} values={values} onChange={(next) => { onChange(scalars(next)) }} disabled={false} />
  if (kind === 'boolean') return <Select className={css.value} aria-label="Value" size="xs" placeholder="true or false" allowDeselect={false} data={['true', 'false']} value={values[0] === undefined ? null : String(values[0])} onChange={(value) => { if (value !== null) single(value === 'true') }} />
  return <SingleValue key={kind} kind={kind} value={values[0]} onChange={single} disabled={false} />
}

/** The values in another type: what cannot be said in it is left out. */
export function valuesIn(values: Values, kind: ScalarType): Values {
  return scalars(convertValues(values, kind))
}

function scalars(values: readonly unknown[]): Values {
  return values.filter((value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
}
