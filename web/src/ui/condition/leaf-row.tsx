import { Select } from '@mantine/core'
import type { Leaf } from '@assay/sdk/core'
import type { KnownAttribute } from '@assay/server/contract'
import { AttributeField } from './attribute-field.tsx'
import css from './condition-editor.module.css'
import { withOperator } from './edit-condition.ts'
import { LeafOptions } from './leaf-options.tsx'
import { comparesText, operatorWords } from './operator-words.ts'
import { operatorOf, operatorOptions, optionOf } from './operator-options.ts'
import { RemoveButton } from './remove-button.tsx'
import { ValuesEditor } from './values-editor.tsx'

interface Props {
  leaf: Leaf
  onChange: (leaf: Leaf) => void
  onRemove: () => void
  attributes: readonly KnownAttribute[]
  disabled: boolean
}

/** One attribute, how it is compared, and with what. */
export function LeafRow({ leaf, onChange, onRemove, attributes, disabled }: Props) {
  const { operand } = operatorWords[leaf.op]
  const setOperator = (option: string | null) => {
    const chosen = option === null ? undefined : operatorOf(option)
    if (chosen) onChange(withOperator(leaf, chosen.op, chosen.negated))
  }
  return (
    <div className={css.leaf}>
      <AttributeField value={leaf.attribute} onChange={(attribute) => { onChange({ ...leaf, attribute }) }} attributes={attributes} disabled={disabled} />
      <Select className={css.operator} aria-label="How it is compared" data={operatorOptions} value={optionOf(leaf.op, leaf.negate === true)} onChange={setOperator} disabled={disabled} allowDeselect={false} searchable size="xs" comboboxProps={{ width: 240, position: 'bottom-start' }} maxDropdownHeight={320} />
      <div className={css.values}>
        {operand === 'none' ? null : <ValuesEditor operand={operand} values={leaf.values ?? []} onChange={(values) => { onChange({ ...leaf, values }) }} known={attributes.find(({ path }) => path === leaf.attribute)?.values ?? []} disabled={disabled} />}
        {leaf.ignoreCase || leaf.ifMissing ? <span className={css.remark}>{[leaf.ignoreCase ? 'in any case' : '', leaf.ifMissing ? 'or is missing' : ''].filter((word) => word !== '').join(', ')}</span> : null}
      </div>
      {disabled ? null : (
        <span className={css.buttons}>
          {leaf.op === 'exists' ? null : <LeafOptions leaf={leaf} onChange={onChange} withCase={comparesText(leaf.op)} />}
          <RemoveButton what={leaf.attribute === '' ? 'this condition' : `the condition on ${leaf.attribute}`} onClick={onRemove} />
        </span>
      )}
    </div>
  )
}
