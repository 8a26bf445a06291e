import type { Change, Environment } from '@assay/server/contract'
import { Button, Checkbox } from '@mantine/core'
import { IconGitMerge } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useProjectKey } from '../../api/project.ts'
import { ApiError } from '../../api/client.ts'
import { ChangeList } from '../../ui/changes/change-list.tsx'
import { targetingChanges } from '../../ui/changes/targeting-changes.ts'
import { WhoMoves } from '../../ui/impact/who-moves.tsx'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import type { Naming } from '../../ui/serve/naming.ts'
import { Sheet } from '../../ui/sheet.tsx'
import css from './change-sheet.module.css'
import { changeImpactQuery } from './changes-queries.ts'

interface Props {
  change: Change
  environment: Environment
  naming: Naming
  saving: boolean
  error: unknown
  onApply: (confirmMoves: boolean) => void
  onClose: () => void
}

/** The last look before it is live: what is written, and who gets something else. */
export function ApplySheet({ change, environment, naming, saving, error, onApply, onClose }: Props) {
  const { divergence, proposed, schedule } = change
  const written = divergence.merged ?? proposed
  const impact = useQuery(changeImpactQuery(useProjectKey(), change))
  const [confirmed, setConfirmed] = useState(false)
  const asked = error instanceof ApiError && error.code === 'confirmation_required'
  const moves = (impact.data?.running?.moved ?? 0) > 0 || asked
  const name = environment.name.toLowerCase()
  return (
    <Sheet onClose={onClose} size={640} title={`Apply ${change.key} to ${name}`} production={environment.production}>
      <form className={css.sheet} onSubmit={(event) => { event.preventDefault(); if (!moves || confirmed) onApply(confirmed) }}>
        <ChangeList changes={targetingChanges(divergence.live, written, naming)} naming={naming} />
        {divergence.state === 'diverged' ? <Notice icon={<IconGitMerge size={16} aria-hidden />}>Live moved on to revision {divergence.liveRevision} in other places. Both are kept.</Notice> : null}
        {schedule === null ? null : <Notice>It applies now instead of at its time.</Notice>}
        <WhoMoves impact={impact} naming={naming} />
        {moves ? <Checkbox label="Move people of the running experiment" description="What they did so far and what they do from now on end up in different arms. This cannot be taken back." checked={confirmed} onChange={(event) => { setConfirmed(event.currentTarget.checked) }} /> : null}
        {error && !asked ? <Notice tone="danger" alert><b>Not applied. {environment.name} is unchanged.</b> {messageOf(error)}</Notice> : null}
        {asked && !confirmed ? <Notice tone="warn" alert>{messageOf(error)}</Notice> : null}
        <div className={css.foot}>
          <Button variant="default" onClick={onClose}>Keep it waiting</Button>
          <Button type="submit" disabled={moves && !confirmed} loading={saving} data-autofocus>Apply to {name}</Button>
        </div>
      </form>
    </Sheet>
  )
}
