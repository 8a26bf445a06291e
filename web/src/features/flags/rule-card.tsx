import { ActionIcon, Button } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconDots, IconFlask2, IconLock, IconPencil, IconSparkles, IconUserOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { TargetingRule } from '@assay/server/contract'
import { lazy, Suspense } from 'react'
import { Chip } from '../../ui/chip.tsx'
import { Loading } from '../../ui/loading.tsx'
import { ConditionView } from '../../ui/condition/condition-view.tsx'
import { ServeBar } from '../../ui/serve/serve-bar.tsx'
import { isSplit } from '../../ui/serve/serve-words.ts'
import type { TargetingEdit } from './edit-targeting.ts'
import { randomId } from './random-id.ts'
import type { RuleLock } from './rule-lock.ts'
import css from './rules.module.css'
import type { TargetingContext } from './targeting-context.ts'

const RuleActions = lazy(async () => ({ default: (await import('./rule-actions.tsx')).RuleActions }))
const RuleEditor = lazy(async () => ({ default: (await import('./rule-editor.tsx')).RuleEditor }))

interface Props {
  rule: TargetingRule
  index: number
  count: number
  /** The rule as it is live; undefined for a new one. */
  live: TargetingRule | undefined
  lock: RuleLock | undefined
  state: 'same' | 'edited' | 'new'
  editing: boolean
  onEditing: (editing: boolean) => void
  onEdit: (edit: TargetingEdit) => void
  context: TargetingContext
}

/** One rule: whom it matches and what they get; edited in its place. */
export function RuleCard({ rule, index, count, live, lock, state, editing, onEditing, onEdit, context }: Props) {
  const title = rule.name === '' ? `Rule ${index + 1}` : rule.name
  const movable = context.mayEdit && !lock
  return (
    <li className={state === 'same' ? css.rule : `${css.rule} ${css.edited}`}>
      <div className={css.number} aria-hidden>{index + 1}</div>
      <div className={css.body}>
        <div className={css.head}>
          <h2>{title}</h2>
          {state === 'edited' ? <Chip tone="warn" icon={<IconPencil size={12} />}>Edited</Chip> : null}
          {state === 'new' ? <Chip tone="warn" icon={<IconSparkles size={12} />}>New</Chip> : null}
          <span className="grow" />
          {lock ? <span className={css.locked}><IconLock size={13} aria-hidden />Locked</span> : null}
          {movable && count > 1 ? (
            <>
              <ActionIcon size={26} aria-label={`Move ${title} up`} disabled={index === 0} onClick={() => { onEdit({ type: 'move-rule', id: rule.id, by: -1 }) }}><IconArrowUp size={15} /></ActionIcon>
              <ActionIcon size={26} aria-label={`Move ${title} down`} disabled={index === count - 1} onClick={() => { onEdit({ type: 'move-rule', id: rule.id, by: 1 }) }}><IconArrowDown size={15} /></ActionIcon>
            </>
          ) : null}
          {context.mayEdit && !lock?.running ? (
            <Suspense fallback={<ActionIcon size={26} aria-label={`Actions of ${title}`} disabled><IconDots size={15} /></ActionIcon>}>
              <RuleActions title={title} locked={lock !== undefined} editing={editing} onEditing={onEditing} onDuplicate={() => { onEdit({ type: 'duplicate-rule', id: rule.id, copyId: randomId() }) }} onDelete={() => { onEdit({ type: 'delete-rule', id: rule.id }) }} />
            </Suspense>
          ) : null}
        </div>
        {editing && !lock ? (
          <Suspense fallback={<Loading rows={3} />}><RuleEditor rule={rule} live={live} onEdit={onEdit} onDone={() => { onEditing(false) }} context={context} /></Suspense>
        ) : (
          <>
            <div className={css.conditions}><ConditionView condition={rule.when} cohortName={context.naming.cohort} /></div>
            <div className={css.serve}>
              <span className={css.word}>Serve</span>
              <ServeBar serve={rule.serve} naming={context.naming} width={168} />
              <span className="grow" />
              {movable ? <Button variant="subtle" size="compact-sm" leftSection={<IconPencil size={14} />} aria-label={`Edit ${title}`} onClick={() => { onEditing(true) }}>Edit</Button> : null}
            </div>
          </>
        )}
        {lock ? (
          <div className={css.foot}>
            <IconFlask2 size={14} aria-hidden />
            <span><Link to="/p/$project/experiments/$experiment" params={{ project: context.project, experiment: lock.experiment }}>{lock.experiment}</Link>{lock.why.slice(lock.experiment.length)}{isSplit(rule.serve) && lock.running ? <> Assignment is sticky by <code>{rule.serve.unit}</code>.</> : null}</span>
          </div>
        ) : null}
        {rule.heldOut && !editing ? <div className={css.foot}><IconUserOff size={14} aria-hidden /><span>Held-out people pass this rule by: a <Link to="/p/$project/layers" params={{ project: context.project }}>holdout</Link> measures what everything shipped amounts to.</span></div> : null}
      </div>
    </li>
  )
}
