import { IconBolt } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { Environment, FlagEnvironment } from '@assay/server/contract'
import { usePermit } from '../../api/project.ts'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import type { Naming } from '../../ui/serve/naming.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { useExplain, useTurn, type Place, type Write } from './flags-queries.ts'
import { isAnswerable } from './save-ways.ts'
import css from './status-line.module.css'

const OnSwitch = lazy(async () => ({ default: (await import('./on-switch.tsx')).OnSwitch }))
const ReasonSheet = lazy(async () => ({ default: (await import('./reason-sheet.tsx')).ReasonSheet }))
const TargetingReview = lazy(async () => ({ default: (await import('./targeting-review.tsx')).TargetingReview }))
const LiveOn = lazy(async () => ({ default: (await import('../../ui/live-on/live-on.tsx')).LiveOn }))

interface Props {
  place: Place
  name: string
  environment: Environment
  state: FlagEnvironment
  running: readonly string[]
  naming: Naming
}

/** Whether the flag is on here, and the quickest way to turn it off. Turning off is never slowed down; turning on in production is reviewed. */
export function StatusLine({ place, name, environment, state, running, naming }: Props) {
  const turn = useTurn(place, !environment.production)
  const explain = useExplain(place)
  const [asking, setAsking] = useState<'nothing' | 'reason' | 'review'>('nothing')
  const mayTurnOff = usePermit('flag.turn_off')
  const mayTurnOn = usePermit('flag.write')
  const mayPropose = usePermit('change.propose')
  const { enabled } = state.targeting
  const where = environment.name.toLowerCase()

  const reviewed = environment.production || environment.policy.approvals > 0 || environment.policy.requireReason

  const switchTo = (on: boolean, basedOn: number, write: Omit<Write, 'basedOn'> = {}) => {
    turn.mutate({ ...write, on, basedOn }, {
      onSuccess: (saved) => {
        toastDone({ title: `${name} is ${on ? 'on' : 'off'} in ${where}`, undoLabel: on ? 'Turn off again' : 'Turn on again', ...(on || (mayTurnOn.allowed && environment.policy.approvals === 0) ? { undo: () => { switchTo(!on, saved.revision, on ? {} : { reason: 'Undone' }) } } : {}) })
        setAsking(environment.production && !on ? 'reason' : 'nothing')
      },
      onError: (error) => { if (on && isAnswerable(error)) setAsking('review'); else toastFailed(`Not turned ${on ? 'on' : 'off'}. ${environment.name} is unchanged`, error) },
    })
  }
  const explained = (reason: string) => {
    explain.mutate(reason, { onSuccess: () => { setAsking('nothing') }, onError: (error) => { toastFailed('The reason was not recorded', error) } })
  }
  const allowed = enabled ? mayTurnOff : reviewed ? mayPropose : mayTurnOn

  return (
    <section className={css.line} aria-label="Serving state">
      {environment.production ? <span className={enabled ? css.dot : `${css.dot} ${css.none}`} aria-hidden /> : (
        <Suspense fallback={<span className={css.switch} />}><OnSwitch on={enabled} label={`${name} is on in ${where}`} disabled={!allowed.allowed || turn.isPending} onChange={() => { if (!enabled && reviewed) setAsking('review'); else switchTo(!enabled, state.revision) }} /></Suspense>
      )}
      <div className={css.state}>
        <b>{enabled ? 'On' : 'Off'} in {where}</b>
        {allowed.allowed || environment.production ? <Suspense><LiveOn project={place.project} environment={environment.key} /></Suspense> : <p className="muted">{allowed.why}</p>}
      </div>
      {environment.production ? (
        enabled
          ? <PermittedButton permit={mayTurnOff} variant="default" className={mayTurnOff.allowed ? css.kill : undefined} leftSection={<IconBolt size={15} />} loading={turn.isPending} onClick={() => { switchTo(false, state.revision) }}>Turn off now</PermittedButton>
          : <PermittedButton permit={mayPropose} variant="default" loading={turn.isPending} onClick={() => { setAsking('review') }}>Turn on</PermittedButton>
      ) : null}
      {asking === 'reason' ? <Suspense><ReasonSheet title={`${name} is off in ${where}`} saving={explain.isPending} onSave={explained} onClose={() => { setAsking('nothing') }} /></Suspense> : null}
      {asking === 'review' ? (
        <Suspense><TargetingReview
          title={`Turn on in ${where}`}
          place={place}
          environment={environment}
          base={state}
          targeting={{ ...state.targeting, enabled: true }}
          naming={naming}
          running={running}
          saving={turn.isPending}
          refused={turn.error}
          onApply={(write) => { switchTo(true, state.revision, write) }}
          onProposed={() => { setAsking('nothing') }}
          onClose={() => { setAsking('nothing') }}
        /></Suspense>
      ) : null}
    </section>
  )
}
