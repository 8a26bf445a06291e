import { Button, NumberInput, Select } from '@mantine/core'
import type { Serve, Split } from '@assay/sdk/core'
import { type FlagVariant, keepsPeople, type Layer } from '@assay/server/contract'
import { useState } from 'react'
import { percent } from '../../ui/format.ts'
import { KeyTag } from '../../ui/key-tag.tsx'
import { LayerField } from '../../ui/layer/layer-field.tsx'
import { shareOfLayer, type LayerPlace } from '../../ui/layer/layer-range.ts'
import { Notice } from '../../ui/notice.tsx'
import type { Naming } from '../../ui/serve/naming.ts'
import { isSplit, servedParts } from '../../ui/serve/serve-words.ts'
import { weightOfPercent } from '../../ui/serve/weight-of-percent.ts'
import { seriesColour, SplitBar } from '../../ui/split-bar.tsx'
import { randomId } from './random-id.ts'
import css from './serve-editor.module.css'
import { armsWith, evenArms, settleSalt, splitProblems } from './split-arms.ts'

interface Props {
  split: Split
  live: Serve | undefined
  onChange: (split: Split) => void
  variants: readonly FlagVariant[]
  unitTypes: readonly string[]
  layers: readonly Layer[]
  place: LayerPlace
  naming: Naming
  beyond: string
}

/** Shares of the variants, how many people are reached at all, and by what they are told apart. */
export function SplitEditor({ split, live, onChange, variants, unitTypes, layers, place, naming, beyond }: Props) {
  // One new salt for the whole edit: going back and forth does not divide people again and again.
  const [freshSalt] = useState(randomId)
  const liveSplit = live && isSplit(live) ? live : undefined
  const change = (part: Partial<Split>) => { onChange(settleSalt(live, { ...split, ...part }, freshSalt)) }
  const inLayer = (range: Split['layer'], unit = split.unit) => {
    const { layer: _old, ...rest } = split
    onChange(settleSalt(live, { ...rest, unit, ...(range ? { layer: range } : {}) }, freshSalt))
  }
  const weightOf = (variant: string) => split.arms.find((arm) => arm.variant === variant)?.weight ?? 0
  const keep = liveSplit?.arms.map((arm) => arm.variant) ?? []
  const problems = splitProblems(split)
  const movesPeople = liveSplit !== undefined && !keepsPeople(liveSplit, split)
  const taking = split.arms.filter(({ weight }) => weight > 0).map(({ variant }) => variant)

  return (
    <div className={css.split}>
      <SplitBar parts={servedParts(split, naming)} height={10} />
      <div className={css.arms} role="group" aria-label="Shares of the variants">
        {[...split.arms.map(({ variant }) => variant), ...variants.map(({ key }) => key).filter((key) => !split.arms.some((arm) => arm.variant === key))].map((variant) => (
          <NumberInput
            key={variant}
            label={<span className={css.arm}><i style={{ background: seriesColour(naming.series(variant)) }} />{naming.variant(variant)}</span>}
            value={weightOf(variant) / 1000}
            onChange={(value) => { change({ arms: armsWith(split.arms, variant, weightOfPercent(Number(value) || 0), keep) }) }}
            suffix="%"
            min={0}
            max={100}
            decimalScale={3}
            step={5}
            size="xs"
            className={css.share}
          />
        ))}
        <Button variant="default" size="compact-sm" onClick={() => { change({ arms: evenly(split, taking) }) }}>Even</Button>
      </div>
      <div className={css.reach}>
        <NumberInput label="Reaches" description={beyond} value={split.coverage / 1000} onChange={(value) => { change({ coverage: weightOfPercent(Number(value) || 0) }) }} suffix="%" min={0} max={100} decimalScale={3} step={5} size="xs" className={css.reached} classNames={{ wrapper: css.short ?? '' }} />
        <Select label="Divided by" description={split.layer ? "The layer divides by it." : "The same one always gets the same variant."} disabled={split.layer !== undefined} data={unitTypes.includes(split.unit) ? [...unitTypes] : [...unitTypes, split.unit]} value={split.unit} onChange={(unit) => { if (unit !== null) change({ unit }) }} allowDeselect={false} size="xs" className={css.unit} />
      </div>
      {layers.length > 0 || split.layer ? <LayerField range={split.layer} layers={layers} place={place} owner="This split" meaning={split.layer ? `${percent(shareOfLayer(split.layer))} of the layer. Those outside go on.` : ''} size="xs" onChange={inLayer} /> : null}
      <p className={css.salt}>Salt <KeyTag>{split.salt}</KeyTag> {liveSplit?.salt === split.salt ? 'kept: nobody changes sides' : liveSplit ? 'new: everybody is divided anew' : 'new, and kept from then on'}</p>
      {problems.map((problem) => <Notice key={problem} tone="warn">{problem}</Notice>)}
      {movesPeople ? (
        <Notice tone="warn">
          <b>This divides everybody anew.</b> Other shares, variants or units start a new phase with a new salt, and many people will see another variant than yesterday. To give it to more people without moving anybody, raise how many it reaches instead.
        </Notice>
      ) : null}
    </div>
  )
}

/** Even shares for those that have one, in their places. */
function evenly(split: Split, taking: readonly string[]) {
  const even = evenArms(taking)
  return split.arms.map((arm) => ({ ...arm, weight: even.find(({ variant }) => variant === arm.variant)?.weight ?? 0 }))
}
