import { Select } from '@mantine/core'
import type { ReactNode } from 'react'

interface Props {
  unitTypes: readonly string[]
  unit: string
  error: ReactNode
  disabled: boolean
  onChange: (unit: string) => void
}

/** Of what unit type the lists of a cohort are. */
export function UnitField({ unitTypes, unit, error, disabled, onChange }: Props) {
  return <Select label="What is counted" description="What the two lists below hold." w={220} allowDeselect={false} readOnly={disabled} data={[...unitTypes]} value={unit} error={error} onChange={(next) => { onChange(next ?? unit) }} />
}
