import { Autocomplete } from '@mantine/core'
import type { KnownAttribute } from '@assay/server/contract'
import { percent } from '../format.ts'
import css from './condition-editor.module.css'

interface Props {
  value: string
  onChange: (attribute: string) => void
  attributes: readonly KnownAttribute[]
  disabled: boolean
}

/** What a condition asks: chosen of what services send, or written. */
export function AttributeField({ value, onChange, attributes, disabled }: Props) {
  const shares = new Map(attributes.map(({ path, share }) => [path, share]))
  return (
    <Autocomplete
      className={css.attribute}
      aria-label="Attribute"
      placeholder="country"
      data={[...shares.keys()]}
      renderOption={({ option }) => <span className={css.offered}><code>{option.value}</code><span className="muted">{percent(shares.get(option.value) ?? 0, 0)} of people</span></span>}
      value={value}
      onChange={onChange}
      disabled={disabled}
      spellCheck={false}
      size="xs"
      comboboxProps={{ width: 280, position: 'bottom-start' }}
      maxDropdownHeight={280}
    />
  )
}
