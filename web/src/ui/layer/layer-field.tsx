import type { LayerRange } from '@assay/sdk/core'
import type { Layer } from '@assay/server/contract'
import { Button, Select } from '@mantine/core'
import { Notice } from '../notice.tsx'
import { WHOLE } from '../serve/serve-words.ts'
import { seriesColour } from '../split-bar.tsx'
import { BucketField } from './bucket-field.tsx'
import { LayerBar } from './layer-bar.tsx'
import css from './layer-field.module.css'
import { firstFree, freeInstead, overlapProblem, rangeProblem, rangeWords, takenByOthers, type LayerPlace } from './layer-range.ts'

interface Props {
  range: LayerRange | undefined
  layers: readonly Layer[]
  place: LayerPlace
  /** What the part is for, such as `This split`. */
  owner: string
  /** What taking the part means, in words. */
  meaning: string
  /** Unit type that the layer has to divide by; left out where the unit comes with the layer. */
  unit?: string
  /** What the server refused. */
  error?: string | undefined
  size?: 'xs' | 'sm'
  onChange: (range: LayerRange | undefined, unit?: string) => void
}

/** The part of a layer that somebody takes, so that nobody is in two experiments of it at once. */
export function LayerField({ range, layers, place, owner, meaning, unit, error, size = 'sm', onChange }: Props) {
  const layer = layers.find(({ key }) => key === range?.key)
  const offered = layers.filter((each) => unit === undefined || each.unit === unit || each.key === range?.key)
  const data = offered.map((each) => ({ value: each.key, label: `${each.name}, by ${each.unit}` }))
  const choose = (key: string | null) => {
    const chosen = layers.find((one) => one.key === key)
    if (!chosen) onChange(undefined)
    else onChange({ key: chosen.key, ...(firstFree(takenByOthers(chosen, place)) ?? { from: 0, to: WHOLE }) }, chosen.unit)
  }
  const unfit = range === undefined || layer?.unit === unit || (layer && unit === undefined) ? null : layer ? `${layer.name} divides by ${layer.unit}, and this by ${unit}: choose another layer or none.` : `There is no layer ${range.key}: choose another or none.`
  return (
    <div className={css.field}>
      <Select label="Layer" description="Experiments of one layer never share a person." placeholder="None" data={range && !layer ? [...data, { value: range.key, label: range.key }] : data} value={range?.key ?? null} error={unfit} onChange={choose} clearable clearButtonProps={{ 'aria-label': 'No layer' }} size={size} className={css.layer} />
      {range && layer && unfit === null ? <Part range={range} layer={layer} place={place} owner={owner} meaning={meaning} error={error} size={size} onChange={onChange} /> : null}
    </div>
  )
}

interface PartProps extends Omit<Props, 'range' | 'layers' | 'unit' | 'size'> {
  range: LayerRange
  layer: Layer
  size: 'xs' | 'sm'
}

function Part({ range, layer, place, owner, meaning, error, size, onChange }: PartProps) {
  const others = takenByOthers(layer, place)
  const empty = rangeProblem(range)
  const overlap = overlapProblem(range, others)
  const instead = empty === null && overlap === null ? null : freeInstead(range, others)
  const own = range.from < range.to ? [{ flag: place.flag, experiment: owner, from: range.from, to: Math.min(WHOLE, range.to), series: 1 }] : []
  return (
    <>
      <div className={css.part}>
        <BucketField label="Share of the layer" buckets={range.to - range.from} error={empty ?? error} onChange={(share) => { onChange({ ...range, to: range.from + share }) }} size={size} className={css.share} />
        <BucketField label="Starting at" buckets={range.from} onChange={(from) => { onChange({ ...range, from, to: from + range.to - range.from }) }} size={size} className={css.share} />
      </div>
      {/* Others come last, so that what they have shows where both ask for it. */}
      <LayerBar parts={[...own, ...others.map((other) => ({ ...other, series: 0 }))]} />
      <ul className={css.taken} aria-label="Taken">
        {own.map((part) => <li key={owner}><i style={{ background: seriesColour(1) }} />{owner}: {rangeWords(part)}</li>)}
        {others.map((other) => <li key={`${other.flag} ${other.from}`}><i style={{ background: seriesColour(0) }} /><code>{other.flag}</code>{other.experiment === null ? '' : `, ${other.experiment}`}: {rangeWords(other)}</li>)}
        {others.length === 0 ? <li>Nobody else takes a part of it here.</li> : null}
      </ul>
      {empty === null ? <p className={css.meaning} aria-live="polite">{meaning}</p> : null}
      {overlap === null ? null : <Notice tone="warn">{overlap}</Notice>}
      {instead === null ? null : <Button variant="default" size="compact-sm" className={css.instead ?? ''} onClick={() => { onChange({ ...range, ...instead }) }}>Take {rangeWords(instead)}, which is free</Button>}
      {overlap !== null && instead === null ? <p className={css.meaning}>All of this layer is taken here.</p> : null}
    </>
  )
}
