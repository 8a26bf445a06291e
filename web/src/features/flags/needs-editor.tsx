import { ActionIcon, Button, MultiSelect } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Prerequisite } from '@assay/sdk/core'
import { flagNamesQuery } from '../../api/project-queries.ts'
import { useProjectKey } from '../../api/project.ts'
import { FlagPicker } from '../../ui/flag-picker/flag-picker.tsx'
import type { TargetingEdit } from './edit-targeting.ts'
import css from './rules.module.css'

interface Props {
  prerequisites: readonly Prerequisite[]
  /** The flag that needs them. */
  flag: string
  onEdit: (edit: TargetingEdit) => void
  onDone: () => void
}

/** Which flags must serve which of their variants first. */
export function NeedsEditor({ prerequisites, flag: own, onEdit, onDone }: Props) {
  const needed = prerequisites.map(({ flag }) => flag)
  const known = useQuery({ ...flagNamesQuery(useProjectKey(), needed), placeholderData: keepPreviousData }).data?.flags ?? []
  const variantsOf = (key: string) => known.find((flag) => flag.key === key)?.variants ?? []
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
      <FlagPicker key={needed.length} aria-label="Flag to need" placeholder="Choose a flag" value={null} without={[own, ...needed]} size="xs" className={css.needFlag ?? ''} onChange={(flag) => {
        const last = flag?.variants.at(-1)
        if (flag) onEdit({ type: 'set-prerequisite', flag: flag.key, variants: last ? [last.key] : [] })
      }} />
      <div><Button variant="default" size="compact-sm" onClick={onDone}>Done</Button></div>
    </div>
  )
}
