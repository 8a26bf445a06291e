import type { Delivery } from '@assay/server/contract'
import { CountBars } from '../../charts/count-bars.tsx'
import { SpreadBar } from '../../charts/spread-bar.tsx'
import { durationParts } from '../../ui/duration.ts'
import { count, percent, plural } from '../../ui/format.ts'
import { Tile } from '../../ui/tile.tsx'
import { DEFINITIONS } from './definitions.tsx'
import css from './delivery.module.css'
import { weeksOf } from './weeks.ts'
import { exposureWords, middleHalf, paceWords, rolledBackShare } from './words.ts'

/** The numbers that the page is about. */
export function DeliveryTiles({ delivery, first, last }: { delivery: Delivery; first: string; last: string }) {
  const { changes, rollbacks, fullExposure, turnedOff } = delivery
  // A year in weeks is hair: it is drawn by four weeks.
  const isLong = Date.parse(last) - Date.parse(first) > 200 * 86_400_000
  const weeks = weeksOf(changes.days, first, last, isLong ? 4 : 1)
  const per = isLong ? 'per four weeks' : 'per week'
  const restore = rollbacks.restoreMs
  const exposure = fullExposure.ms
  const putBack = rollbacks.total - rollbacks.turnedOff
  return (
    <div className={css.tiles}>
      <Tile label="Changes in production" value={count(changes.total)} definition={DEFINITIONS.change} sentence={paceWords(delivery)}>
        <CountBars values={weeks.map((week) => week.changes)} label={`Changes ${per}, oldest first: ${weeks.map((week) => week.changes).join(', ')}`} />
      </Tile>
      <Tile label="Rolled back" value={rolledBackShare(changes)} definition={DEFINITIONS.rollback} sentence={changes.live === 0 ? 'No change left a flag on in this time.' : `${count(changes.takenBack)} of ${plural(changes.live, 'change')} that left a flag on.`}>
        <CountBars values={weeks.map((week) => week.rollbacks)} tone="loss" label={`Rollbacks ${per}, oldest first: ${weeks.map((week) => week.rollbacks).join(', ')}`} />
      </Tile>
      <Tile label="Time to restore by a flag" {...timeOf(restore)} definition={DEFINITIONS.restore} sentence={restore === null ? 'Nothing was rolled back in this time.' : `${middleHalf(restore)}, of ${plural(rollbacks.total, 'rollback')}.`}>
        {restore === null ? null : <SpreadBar spread={restore} label={middleHalf(restore)} />}
      </Tile>
      <Tile label="Time to everybody" {...timeOf(exposure)} definition={DEFINITIONS.exposure} sentence={exposureWords(fullExposure)}>
        {exposure === null ? null : <SpreadBar spread={exposure} label={middleHalf(exposure)} />}
      </Tile>
      <Tile label="Turned off in one click" value={count(turnedOff)} definition={DEFINITIONS.turnedOff} sentence={rollbacks.total === 0 ? 'None of them was a rollback.' : `${plural(rollbacks.total, 'rollback')}: ${count(rollbacks.turnedOff)} by turning off, ${count(putBack)} by putting back.`}>
        {rollbacks.total === 0 ? null : <div className={css.share} role="img" aria-label={`${percent(rollbacks.turnedOff / rollbacks.total, 0)} of rollbacks by turning off`}><i style={{ width: `${(rollbacks.turnedOff / rollbacks.total) * 100}%` }} /></div>}
      </Tile>
    </div>
  )
}

function timeOf(spread: { median: number } | null): { value: string | null; beside?: string } {
  if (spread === null) return { value: null }
  const { value, unit } = durationParts(spread.median)
  return { value, beside: unit }
}
