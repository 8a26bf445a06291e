import { Button, Modal, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useProject } from '../../api/project.ts'
import { EnvTag } from '../../ui/env-tag.tsx'
import { plural } from '../../ui/format.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import css from './apply-sheet.module.css'
import type { CohortChange } from './cohort-changes.ts'
import type { TouchedFlag } from './reach.ts'

interface Props {
  name: string
  changes: readonly CohortChange[]
  /** Flags in production that serve by it. */
  touched: readonly TouchedFlag[]
  failure: unknown
  saving: boolean
  onApply: (reason: string) => void
  onClose: () => void
}

/** An edit that moves people in production is read once more, and gives a reason. */
export function ApplySheet({ name, changes, touched, failure, saving, onApply, onClose }: Props) {
  const project = useProject()
  const [reason, setReason] = useState('')
  const environments = project.environments.filter(({ key }) => touched.some((flag) => flag.environment === key))
  return (
    <Modal opened onClose={onClose} title={`Apply to ${environments.map((environment) => environment.name).join(' and ')}`} size={620} classNames={{ content: css.production ?? '' }}>
      <form className={css.form} onSubmit={(event) => { event.preventDefault(); if (reason.trim() !== '') onApply(reason.trim()) }}>
        <section aria-labelledby="cohort-changes">
          <h3 id="cohort-changes">{plural(changes.length, 'change')} to {name}</h3>
          <dl className={css.changes}>
            {changes.map(({ field, label, before, after }) => (
              <div key={field}>
                <dt>{label}</dt>
                <dd data-side="before"><span className="sr">Before: </span>{before}</dd>
                <dd data-side="after"><span className="sr">After: </span>{after}</dd>
              </div>
            ))}
          </dl>
        </section>
        <section aria-labelledby="cohort-touches">
          <h3 id="cohort-touches">{plural(touched.length, 'flag')} {touched.length === 1 ? 'serves' : 'serve'} by the new definition at once</h3>
          <ul className={css.flags}>
            {touched.map(({ flag, environment, via }) => {
              const found = project.environments.find(({ key }) => key === environment)
              return <li key={`${flag} ${environment}`}><code>{flag}</code><EnvTag name={found?.name ?? environment} production={found?.production ?? false} />{via === null ? null : <span className="muted">through the cohort {via}</span>}</li>
            })}
          </ul>
        </section>
        <Textarea data-autofocus label="Why" description="Kept in the audit log beside the change." required withAsterisk={false} maxLength={1000} value={reason} onChange={(event) => { setReason(event.currentTarget.value) }} />
        {failure === null || failure === undefined ? null : <Notice tone="danger" alert>{messageOf(failure)} Nothing was applied. Your edit is kept here.</Notice>}
        <div className={css.actions}>
          <Button variant="default" onClick={onClose}>Keep editing</Button>
          <span className="grow" />
          <Button type="submit" disabled={reason.trim() === ''} loading={saving}>Apply to {environments.map((environment) => environment.name.toLowerCase()).join(' and ')}</Button>
        </div>
      </form>
    </Modal>
  )
}
