import { ActionIcon, Select, Tooltip } from '@mantine/core'
import { IconArrowsExchange } from '@tabler/icons-react'
import type { Environment } from '@assay/server/contract'
import css from './compare.module.css'

interface Props {
  environments: readonly Environment[]
  from: string
  to: string
  onChange: (pair: { from: string; to: string }) => void
}

/** Which two environments are compared. */
export function ComparedPair({ environments, from, to, onChange }: Props) {
  const data = environments.map(({ key, name }) => ({ value: key, label: name }))
  // Choosing the other one for this side swaps them.
  return (
    <div className={css.pair}>
      <Select label="From" data={data} value={from} onChange={(key) => { if (key !== null) onChange({ from: key, to: key === to ? from : to }) }} allowDeselect={false} />
      <Tooltip label="Swap"><ActionIcon variant="default" size={36} aria-label="Swap the environments" onClick={() => { onChange({ from: to, to: from }) }}><IconArrowsExchange size={16} /></ActionIcon></Tooltip>
      <Select label="To" data={data} value={to} onChange={(key) => { if (key !== null) onChange({ from: key === from ? to : from, to: key }) }} allowDeselect={false} />
    </div>
  )
}
