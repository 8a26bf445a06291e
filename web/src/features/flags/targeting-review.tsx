import { Checkbox, SegmentedControl, TextInput } from '@mantine/core'
import { IconGitMerge } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Environment, Targeting } from '@assay/server/contract'
import { fieldErrors } from '../../api/field-errors.ts'
import { usePermit } from '../../api/project.ts'
import { targetingChanges } from '../../ui/changes/targeting-changes.ts'
import { plural } from '../../ui/format.ts'
import { impactQuery } from '../../ui/impact/impact-query.ts'
import { WhoMoves } from '../../ui/impact/who-moves.tsx'
import { Notice } from '../../ui/notice.tsx'
import { ScheduleField } from '../../ui/schedule/schedule-field.tsx'
import { isAhead, tomorrowMorning } from '../../ui/schedule/schedule-start.ts'
import type { Naming } from '../../ui/serve/naming.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import type { Version } from './draft.ts'
import { exposureRise } from './exposure-rise.ts'
import { useProposeChange, type Place, type Write } from './flags-queries.ts'
import { ReviewSheet } from './review-sheet.tsx'
import { isAnswerable, needsReason, wayAction, wayNames, waysOf, wayTitle, wayWords, type Way } from './save-ways.ts'
import css from './sheet.module.css'

interface Props {
  /** Verb and object, where it is not simply applied. */
  title?: string
  place: Place
  environment: Environment
  base: Pick<Version, 'revision' | 'targeting'>
  /** What it would do instead. */
  targeting: Targeting
  naming: Naming
  /** Experiments running on the flag here. */
  running: readonly string[]
  /** Whose change was brought in meanwhile. */
  mergedFrom?: string | null
  /** The way that was asked for, where it is open. */
  startWith?: Way | undefined
  saving: boolean
  /** What the last try was refused with. */
  refused: unknown
  onApply: (write: Omit<Write, 'basedOn'>) => void
  /** It was proposed instead of applied. */
  onProposed: () => void
  onClose: () => void
}

/** What is about to happen in an environment: before and after, who moves, and why; then it is applied, proposed for a review, or scheduled. */
export function TargetingReview({ title, place, environment, base, targeting, naming, running, mergedFrom = null, startWith, saving, refused, onApply, onProposed, onClose }: Props) {
  const navigate = useNavigate()
  const permits = { write: usePermit('flag.write').allowed, propose: usePermit('change.propose').allowed, bypass: usePermit('flag.bypass').allowed }
  const propose = useProposeChange(place)
  const impact = useQuery(impactQuery(place, base.revision, targeting))
  const answer = isAnswerable(refused) ? refused : null
  const ways = waysOf(environment.policy.approvals > 0 || answer?.code === 'approval_required', permits)
  const [asked, setAsked] = useState(startWith)
  const way = ways.find((open) => open === asked) ?? ways[0] ?? 'ask'
  const [schedule, setSchedule] = useState(tomorrowMorning)
  const [typed, setTyped] = useState('')
  const [meant, setMeant] = useState(false)

  const where = environment.name.toLowerCase()
  const atOnce = way === 'now' || way === 'bypass'
  const rises = environment.production && atOnce ? exposureRise(base.targeting, targeting) : []
  const moved = impact.data?.running?.moved ?? 0
  const confirms = atOnce && (moved > 0 || answer?.code === 'confirmation_required')
  const ready = (rises.length === 0 || typed === place.flag) && (way !== 'schedule' || isAhead(schedule)) && (!confirms || meant)

  const apply = (reason: string) => {
    if (atOnce) {
      onApply({ ...(reason === '' ? {} : { reason }), ...(way === 'bypass' ? { bypass: true } : {}), ...(confirms ? { confirmMoves: true } : {}) })
      return
    }
    propose.mutate({ basedOn: base.revision, targeting, reason, ...(way === 'schedule' ? { schedule } : {}) }, {
      onSuccess: ({ key, status }) => {
        toastDone({
          title: `${key} ${status === 'scheduled' ? 'waits for its time' : status === 'approved' ? 'is ready to be applied' : 'waits for a review'}`,
          detail: `${environment.name} is unchanged until then.`,
          undoLabel: 'Open the change',
          undo: () => { void navigate({ to: '/p/$project/changes/$change', params: { project: place.project, change: key } }) },
        })
        onProposed()
      },
      onError: (error) => { if (fieldErrors(error)['schedule'] === undefined) toastFailed(`Not proposed. ${environment.name} is unchanged, and your edit is kept here`, error) },
    })
  }

  return (
    <ReviewSheet
      title={title ?? wayTitle(way, where)}
      production={environment.production}
      changes={targetingChanges(base.targeting, targeting, naming)}
      naming={naming}
      notes={
        <>
          <section className={css.moves} aria-label="Who moves">
            <h3>Who moves</h3>
            <WhoMoves impact={impact} naming={naming} />
          </section>
          {moved > 0 ? null : running.map((experiment) => (
            <Notice key={experiment} tone="warn"><b><Link to="/p/$project/experiments/$experiment" params={{ project: place.project, experiment }}>{experiment}</Link> is running on this flag.</b> Its own rule stays as it is. A rule above it takes people away from what it measures.</Notice>
          ))}
          {mergedFrom === null ? null : <Notice icon={<IconGitMerge size={16} aria-hidden />}>{mergedFrom} changed this while you were editing. It does not overlap with yours, so both are kept.</Notice>}
          {answer && answer.code !== 'reason_required' ? <Notice tone="warn" alert>{answer.message}</Notice> : null}
          {ways.length > 1 ? <SegmentedControl aria-label="How it comes about" value={way} onChange={(next) => { setAsked(ways.find((open) => open === next)) }} data={ways.map((open) => ({ value: open, label: wayNames[open] }))} className={css.ways ?? ''} /> : null}
          <p className="muted">{wayWords(way, environment.name, Math.max(environment.policy.approvals, permits.write ? 0 : 1))}</p>
        </>
      }
      fields={
        <>
          {way === 'schedule' ? <ScheduleField value={schedule} onChange={setSchedule} error={fieldErrors(propose.error)['schedule'] ?? fieldErrors(propose.error)['schedule.local']} /> : null}
          {confirms ? <Checkbox label={moved > 0 ? `Move ${plural(moved, 'person', 'people')} who take part in ${impact.data?.running?.experiment ?? 'the experiment'}` : 'Move people who take part in the running experiment'} description="What it has measured of them no longer holds." checked={meant} onChange={(event) => { setMeant(event.currentTarget.checked) }} /> : null}
          {rises.length === 0 ? null : (
            <TextInput
              label={<>Type <code>{place.flag}</code> to confirm</>}
              description={`Asked because more people may meet this than now. ${rises.join('. ')}.`}
              value={typed}
              onChange={(event) => { setTyped(event.currentTarget.value) }}
              classNames={{ input: css.typed ?? '' }}
              spellCheck={false}
              autoComplete="off"
            />
          )}
        </>
      }
      reasonNeeded={needsReason(way, environment) || answer?.code === 'reason_required'}
      reasonProblem={answer?.code === 'reason_required' ? answer.message : undefined}
      action={wayAction(way, where)}
      ready={ready}
      saving={saving || propose.isPending}
      onApply={apply}
      onClose={onClose}
    />
  )
}
