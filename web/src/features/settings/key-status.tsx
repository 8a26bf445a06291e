import type { SdkKey } from '@assay/server/contract'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Ago } from '../../ui/ago.tsx'
import { dateTime } from '../../ui/format.ts'
import { keyStanding, timeLeft } from './key-standing.ts'
import css from './key-status.module.css'

/** Below the name of a key: what replaces it, when it stops, and whether something must hurry. */
export function KeyStatus({ sdkKey, now }: { sdkKey: SdkKey; now: Date }) {
  const standing = keyStanding(sdkKey, now)
  if (standing.kind === 'works') return null
  if (standing.kind === 'ended') return standing.by === null ? null : <small className={css.status}>Replaced by <code>{standing.by}…</code></small>
  return (
    <>
      <small className={css.status}>Replaced by <code>{standing.by}…</code>, stops <time dateTime={standing.stopsAt} title={dateTime(standing.stopsAt)}>{timeLeft(standing.stopsAt, now)}</time></small>
      {standing.warning === null ? null : <small className={css.warning}><IconAlertTriangle size={13} aria-hidden />{standing.warning}</small>}
    </>
  )
}

/** When a key was used last, and by what. */
export function LastUse({ sdkKey: { lastUsedAt, lastUsedBy } }: { sdkKey: SdkKey }) {
  if (lastUsedAt === null) return <span className="muted">Not used yet</span>
  return <><Ago at={lastUsedAt} />{lastUsedBy === null ? null : <small>by {lastUsedBy}</small>}</>
}
