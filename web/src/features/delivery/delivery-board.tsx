import type { Delivery, FullExposure, Rollback } from '@assay/server/contract'
import { lazy, Suspense } from 'react'
import { StripMark, type StripShape } from '../../charts/strip-mark.tsx'
import { Panel } from '../../ui/panel.tsx'
import { plural } from '../../ui/format.ts'
import { CalendarPanel } from './calendar-panel.tsx'
import { dayIn } from './clock.ts'
import { DefinitionsPanel } from './definitions.tsx'
import { DeliveryTiles } from './delivery-tiles.tsx'
import css from './delivery.module.css'
import { HoursPanel } from './hours-panel.tsx'
import { howWords } from './how-words.ts'
import { Legend } from './legend.tsx'
import { RollbacksPanel } from './rollbacks-panel.tsx'
import type { Timed } from './strip-panel.tsx'
import { exposureWords, middleHalf } from './words.ts'

// Below the fold, and the scales weigh more than all above.
const StripPanel = lazy(async () => ({ default: (await import('./strip-panel.tsx')).StripPanel }))

const LONG_DAYS = 200

/** Everything that Delivery shows of a period in which something was changed. */
export function DeliveryBoard({ project, delivery, clock }: { project: string; delivery: Delivery; clock: string }) {
  const { from, to, zone, rollbacks, fullExposure, environments } = delivery
  const [first, last] = [dayIn(from, zone), dayIn(to, zone)]
  const isLong = Date.parse(to) - Date.parse(from) > LONG_DAYS * 86_400_000
  const calendar = <CalendarPanel project={project} delivery={delivery} first={first} last={last} />
  const hours = <HoursPanel delivery={delivery} clock={clock} />
  // What took no time has no length to compare: it is counted in the sentence.
  const inSteps = fullExposure.list.filter(({ ms }) => ms > 0)
  const frame = { project, from, to, zone }
  return (
    <>
      <DeliveryTiles delivery={delivery} first={first} last={last} />
      {isLong ? calendar : <div className="halves">{calendar}{hours}</div>}
      <div className="halves">
        {rollbacks.list.length === 0 ? <Panel title="Time to restore, each rollback"><p className={css.none}>Nothing was rolled back in this time.</p></Panel> : (
          <Suspense fallback={<Awaited title="Time to restore, each rollback" />}><StripPanel {...frame} title="Time to restore, each rollback" sentence={restoreSentence(rollbacks)} timed={rollbacks.list.map(rolledBack)} spread={rollbacks.restoreMs} head={['Flag', 'Rolled back', 'How', 'After']} legend={<Legend items={[{ swatch: <Swatch shape={shapeOf('turned_off')} />, label: howWords('turned_off') }, { swatch: <Swatch shape={shapeOf('put_back')} />, label: howWords('put_back') }]} />} /></Suspense>
        )}
        {inSteps.length === 0 ? <Panel title="Time to everybody, each flag"><p className={css.none}>{exposureWords(fullExposure)}</p></Panel> : (
          <Suspense fallback={<Awaited title="Time to everybody, each flag" />}><StripPanel {...frame} title="Time to everybody, each flag" sentence={exposureWords(fullExposure)} timed={inSteps.map(reached)} spread={fullExposure.ms} head={['Flag', 'Everybody', 'How', 'After']} /></Suspense>
        )}
      </div>
      {isLong ? <div className="halves">{hours}<DefinitionsPanel /></div> : null}
      {rollbacks.list.length === 0 ? null : <RollbacksPanel project={project} rollbacks={rollbacks.list} total={rollbacks.total} zone={zone} several={environments.length > 1} />}
      {isLong ? null : <DefinitionsPanel />}
    </>
  )
}

function restoreSentence({ total, restoreMs }: Delivery['rollbacks']): string {
  return restoreMs === null ? `${plural(total, 'rollback')}.` : `${middleHalf(restoreMs)}, of ${plural(total, 'rollback')}.`
}

function rolledBack({ flag, environment, entry, at, ms, how }: Rollback): Timed {
  return { flag, environment, entry, at, ms, shape: shapeOf(how), what: howWords(how) }
}

function reached({ flag, environment, entry, at, ms }: FullExposure): Timed {
  return { flag, environment, entry, at, ms, shape: 'circle', what: 'Reached everybody' }
}

function shapeOf(how: Rollback['how']): StripShape {
  return how === 'turned_off' ? 'circle' : 'square'
}

function Swatch({ shape }: { shape: StripShape }) {
  return <svg width={12} height={12} aria-hidden><StripMark shape={shape} x={6} y={6} /></svg>
}

/** As high as what comes: nothing below moves. */
function Awaited({ title }: { title: string }) {
  return <Panel title={title}><div className={css.awaited} aria-busy /></Panel>
}
