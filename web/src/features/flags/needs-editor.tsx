import { ActionIcon, Button, MultiSelect, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import type { Prerequisite } from '@assay/sdk/core'
import type { FlagSummary } from '@assay/server/contract'
import type { TargetingEdit } from './edit-targeting.ts'
import css from './rules.module.css'

interface Props {
  prerequisites: readonly Prerequisite[]
  /** All other flags of the project. */
  flags: readonly FlagSummary[]
  onEdit: (edit: TargetingEdit) => void
  onDone: () => void
}

/** Which flags must serve which of their variants first. */
export function NeedsEditor({ prerequisites, flags, onEdit, onDone }: Props) {
  const variantsOf = (key: string) => flags.find((flag) => flag.key === key)?.variants ?? []
  const free = flags.filter(({ key }) => !prerequisites.some(({ flag }) => flag === key))
  const add = (key: string | null) => {
    const first = key === null ? undefined : variantsOf(key).at(-1)
    if (key !== null) onEdit({ type: 'set-prerequisite', flag: key, variants: first ? [first.key] : [] })
  }
  return (
    <div className={css.editor}>
      <p className="soft">This flag is served as off until every flag here serves one of the variants named.</p>
      {prerequisites.map(({ flag, variants }) => (
        <div key={flag} className={css.needRow}>
          <code>{flag}</code>
          <MultiSelect aria-label={`Variants of ${flag} that are needed`} data={[...new Set([...variantsOf(flag).map(({ key }) => key), ...variants])]} value={variants} onChange={(next) => { onEdit({ type: 'set-prerequisite', flag, variants: next }) }} error={variants.length === 0 ? 'Choose at least one variant.' : undefined} size="xs" hidePickedOptions />
          <ActionIcon size={28} aria-label={`No longer need ${flag}`} onClick={() => { onEdit({ type: 'remove-prerequisite', flag }) }}><IconX size={15} /></ActionIcon>
        </div>
      ))}
      <Select aria-label="Flag to need" placeholder={free.length === 0 ? 'There is no other flag' : 'Choose a flag'} data={free.map(({ key, name }) => ({ value: key, label: `${name} (${key})` }))} value={null} onChange={add} searchable size="xs" className={css.needFlag} />
      <div><Button variant="default" size="compact-sm" onClick={onDone}>Done</Button></div>
    </div>
  )
}
