import { Button, Textarea, TextInput } from '@mantine/core'
import { IconGitMerge } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState, type ReactNode } from 'react'
import type { Change } from '../../ui/changes/change.ts'
import { ChangeList } from '../../ui/changes/change-list.tsx'
import { Notice } from '../../ui/notice.tsx'
import type { Naming } from '../../ui/serve/naming.ts'
import { Sheet } from '../../ui/sheet.tsx'
import css from './sheet.module.css'

interface Props {
  project: string
  flag: string
  environment: string
  changes: readonly Change[]
  naming: Naming
  /** Ways in which more people may meet the change than now. */
  rises: readonly string[]
  /** Experiments running on the flag here. */
  running: readonly string[]
  /** Whose change was brought in meanwhile. */
  mergedFrom: string | null
  saving: boolean
  onApply: (reason: string) => void
  onClose: () => void
}

/** What is about to happen in production: before and after, who meets it, and why. */
export function ReviewSheet({ project, flag, environment, changes, naming, rises, running, mergedFrom, saving, onApply, onClose }: Props) {
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState('')
  const ready = reason.trim() !== '' && (rises.length === 0 || typed === flag)
  return (
    <Sheet onClose={onClose} size={640} title={`Apply to ${environment.toLowerCase()}`} production>
      <form className={css.sheet} onSubmit={(event) => { event.preventDefault(); if (ready) onApply(reason.trim()) }}>
        <ChangeList changes={changes} naming={naming} />
        <Notices>
          {running.map((experiment) => (
            <Notice key={experiment} tone="warn"><b><Link to="/p/$project/experiments/$experiment" params={{ project, experiment }}>{experiment}</Link> is running on this flag.</b> Its own rule stays as it is. A rule above it takes people away from what it measures.</Notice>
          ))}
          {mergedFrom === null ? null : <Notice icon={<IconGitMerge size={16} aria-hidden />}>{mergedFrom} changed this while you were editing. It does not overlap with yours, so both are kept.</Notice>}
        </Notices>
        <Textarea label="Why now" description="Shown in the history and to whoever is on call" value={reason} onChange={(event) => { setReason(event.currentTarget.value) }} maxLength={1000} data-autofocus required withAsterisk={false} />
        {rises.length === 0 ? null : (
          <TextInput
            label={<>Type <code>{flag}</code> to confirm</>}
            description={`Asked because more people may meet this than now. ${rises.join('. ')}.`}
            value={typed}
            onChange={(event) => { setTyped(event.currentTarget.value) }}
            classNames={{ input: css.typed ?? '' }}
            spellCheck={false}
            autoComplete="off"
          />
        )}
        <div className={css.foot}>
          <Button variant="default" onClick={onClose}>Keep editing</Button>
          <Button type="submit" disabled={!ready} loading={saving}>Apply to {environment.toLowerCase()}</Button>
        </div>
      </form>
    </Sheet>
  )
}

function Notices({ children }: { children: ReactNode }) {
  return <div className={css.notices}>{children}</div>
}
