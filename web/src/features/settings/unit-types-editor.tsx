import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import css from './unit-types-editor.module.css'
import { attributesOf, renamed, unitTypeProblem, USER, type UnitType } from './unit-types.ts'

interface Props {
  value: readonly UnitType[]
  onChange: (value: UnitType[]) => void
  disabled: boolean
}

/** The unit types of a project, row by row. */
export function UnitTypesEditor({ value, onChange, disabled }: Props) {
  const set = (index: number, next: UnitType) => { onChange(value.map((unitType, at) => (at === index ? next : unitType))) }
  const fixed = (index: number) => index === value.findIndex(({ key }) => key === USER)
  return (
    <div>
      <div className={css.head} aria-hidden><span>Unit type</span><span>Read from the context attribute</span></div>
      <ul className={css.rows}>
        {value.map((unitType, index) => (
          <li key={index}>
            <TextInput
              aria-label={`Key of unit type ${index + 1}`}
              value={unitType.key}
              readOnly={disabled || fixed(index)}
              error={unitType.key === '' ? null : unitTypeProblem(value, index)}
              placeholder="company"
              onChange={(event) => { set(index, renamed(unitType, event.currentTarget.value)) }}
            />
            {fixed(index)
              ? <code className={css.fixed}>{unitType.attribute}</code>
              : <Select aria-label={`Attribute of unit type ${index + 1}`} allowDeselect={false} readOnly={disabled} data={attributesOf(unitType.key).map((attribute) => ({ value: attribute, label: attribute === '.id' || attribute === '' ? '…' : attribute }))} value={unitType.attribute} onChange={(attribute) => { if (attribute !== null) set(index, { ...unitType, attribute }) }} />}
            {disabled || fixed(index)
              ? <span className={css.always}>{fixed(index) ? 'Always there' : ''}</span>
              : <ActionIcon aria-label={`Remove ${unitType.key === '' ? 'the new unit type' : unitType.key}`} onClick={() => { onChange(value.filter((_, at) => at !== index)) }}><IconTrash size={16} /></ActionIcon>}
          </li>
        ))}
      </ul>
      {disabled ? null : <Button variant="default" size="compact-sm" leftSection={<IconPlus size={13} />} onClick={() => { onChange([...value, { key: '', attribute: '.id' }]) }}>Add unit type</Button>}
    </div>
  )
}
