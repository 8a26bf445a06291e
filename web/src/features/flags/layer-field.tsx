import { NumberInput, Select } from '@mantine/core'
import type { Split } from '@assay/sdk/core'
import type { Layer } from '@assay/server/contract'
import { percent } from '../../ui/format.ts'
import { LayerBar } from '../../ui/layer/layer-bar.tsx'
import { Notice } from '../../ui/notice.tsx'
import { WHOLE } from '../../ui/serve/serve-words.ts'
import { layerProblem, rangeWords, takenByOthers, widestFree, type LayerPlace } from './layer-range.ts'
import css from './serve-editor.module.css'
import { weightOfPercent } from './split-arms.ts'

interface Props {
  range: Split['layer']
  layers: readonly Layer[]
  place: LayerPlace
  /** The unit comes with the layer. */
  onChange: (range: Split['layer'], unit?: string) => void
}

/** The part of a layer that a split takes, so that nobody is in two experiments of it at once. */
export function LayerField({ range, layers, place, onChange }: Props) {
  const layer = layers.find(({ key }) => key === range?.key)
  const others = layer ? takenByOthers(layer, place) : []
  const problem = range ? layerProblem(range, others) : null
  const data = layers.map(({ key, name, unit }) => ({ value: key, label: `${name}, by ${unit}` }))
  const choose = (key: string | null) => {
    const chosen = layers.find((one) => one.key === key)
    if (!chosen) onChange(undefined)
    else onChange({ key: chosen.key, ...(widestFree(takenByOthers(chosen, place)) ?? { from: 0, to: WHOLE }) }, chosen.unit)
  }
  return (
    <div className={css.layer}>
      <Select label="Layer" description="Experiments of one layer never share a person." placeholder="None" data={range && !layer ? [...data, { value: range.key, label: range.key }] : data} value={range?.key ?? null} onChange={choose} clearable clearButtonProps={{ 'aria-label': 'No layer' }} size="xs" className={css.unit} />
      {range ? (
        <>
          <div className={css.reach}>
            <NumberInput label="From" value={range.from / 1000} onChange={(value) => { onChange({ ...range, from: weightOfPercent(Number(value) || 0) }) }} suffix="%" min={0} max={100} decimalScale={3} step={5} size="xs" className={css.share} />
            <NumberInput label="To" value={range.to / 1000} onChange={(value) => { onChange({ ...range, to: weightOfPercent(Number(value) || 0) }) }} suffix="%" min={0} max={100} decimalScale={3} step={5} size="xs" className={css.share} />
            <p className="muted">{percent(Math.max(0, range.to - range.from) / WHOLE)} of the layer. Those outside go on.</p>
          </div>
          <LayerBar parts={[...others.map((other) => ({ ...other, series: 0 })), ...(range.from < range.to ? [{ flag: place.flag, experiment: 'this split', from: range.from, to: range.to, series: 1 }] : [])]} />
          {others.length === 0 ? <p className="muted">Nobody else takes a part of it here.</p> : <ul className={css.taken} aria-label="Taken">{others.map((other) => <li key={`${other.flag} ${other.from}`}><code>{other.flag}</code>{other.experiment === null ? '' : `, ${other.experiment}`}: {rangeWords(other)}</li>)}</ul>}
          {problem === null ? null : <Notice tone="warn">{problem}</Notice>}
        </>
      ) : null}
    </div>
  )
}
