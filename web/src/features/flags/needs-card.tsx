import { ActionIcon, Button, MultiSelect, Select } from '@mantine/core'
import { IconLink, IconPencil, IconX } from '@tabler/icons-react'
import type { Prerequisite } from '@assay/sdk/core'
import type { FlagSummary } from '@assay/server/contract'
import { Chip } from '../../ui/chip.tsx'
import type { TargetingEdit } from './edit-targeting.ts'
import css from './rules.module.css'

interface Props {
  prerequisites: readonly Prerequisite[]
  edited: boolean
  /** All other flags of the project. */
  flags: readonly FlagSummary[]
  mayEdit: boolean
  editing: boolean
  onEditing: (editing: boolean) => void
  onEdit: (edit: TargetingEdit) => void
}

/** Other flags that must serve something first. */
export function NeedsCard({ prerequisites, edited, flags, mayEdit, editing, onEditing, onEdit }: Props) {
  if (prerequisites.length === 0 && !editing && !edited) return null
  const variantsOf = (key: string) => flags.find((flag) => flag.key === key)?.variants ?? []
  const free = flags.filter(({ key }) => !prerequisites.some(({ flag }) => flag === key))
  const add = (key: string | null) => {
    const first = key === null ? undefined : variantsOf(key).at(-1)
    if (key !== null) onEdit({ type: 'set-prerequisite', flag: key, variants: first ? [first.key] : [] })
  }
  return (
    <li className={edited ? `${css.rule} ${css.edited}` : css.rule}>
      <div className={css.number} aria-hidden><IconLink size={14} /></div>
      <div className={`${css.body} ${css.dashed}`}>
        <div className={css.head}>
          <h2>Needs</h2>
          {edited ? <Chip tone="warn" icon={<IconPencil size={12} />}>Edited</Chip> : null}
          {editing ? null : prerequisites.length === 0 ? <span className="muted">nothing any more</span> : prerequisites.map(({ flag, variants }) => (
            <span key={flag} className={css.need}><code>{flag}</code><em>to be</em>{variants.map((variant) => <b key={variant}>{variant}</b>)}</span>
          ))}
          <span className="grow" />
          {mayEdit && !editing ? <Button variant="subtle" size="compact-sm" leftSection={<IconPencil size={14} />} aria-label="Edit what it needs" onClick={() => { onEditing(true) }}>Edit</Button> : null}
        </div>
        {editing ? (
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
            <div><Button variant="default" size="compact-sm" onClick={() => { onEditing(false) }}>Done</Button></div>
          </div>
        ) : null}
      </div>
    </li>
  )
}
