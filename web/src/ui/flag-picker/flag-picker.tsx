import type { FlagSummary } from '@assay/server/contract'
import { Select, type SelectProps } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { flagSearchQuery } from '../../api/project-queries.ts'
import { useProjectKey } from '../../api/project.ts'
import { pickerOptions } from './picker-options.ts'

interface Props extends Pick<SelectProps, 'label' | 'description' | 'placeholder' | 'error' | 'size' | 'className' | 'aria-label' | 'clearable' | 'clearButtonProps'> {
  value: string | null
  /** Keys that are not to be chosen. */
  without?: readonly string[]
  onChange: (flag: FlagSummary | null) => void
}

/** Chooses one of the project's flags, however many there are: what is written is searched for by the server. */
export function FlagPicker({ value, without = [], onChange, ...field }: Props) {
  const project = useProjectKey()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  // Mantine writes the name of the chosen flag into the field: nobody searches for that.
  const search = text === chosen || text === value ? '' : text.trim()
  const { data, isPending } = useQuery(flagSearchQuery(project, search))
  const options = pickerOptions(data, value, without)
  return (
    <Select
      {...field}
      searchable
      allowDeselect={false}
      data={options}
      filter={({ options: all }) => all}
      value={value}
      searchValue={text}
      onSearchChange={(next) => {
        setText(next)
        const label = options.find((option) => option.value === value)?.label
        if (next === label) setChosen(next)
      }}
      nothingFoundMessage={isPending ? 'Searching' : 'No such flag'}
      maxDropdownHeight={280}
      onChange={(key) => {
        if (key === null) onChange(null)
        const flag = data?.flags.find((one) => one.key === key)
        if (!flag) return
        setChosen(options.find((option) => option.value === key)?.label ?? null)
        onChange(flag)
      }}
    />
  )
}
