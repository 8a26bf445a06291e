import { SegmentedControl, Select } from '@mantine/core'
import type { Serve, Split } from '@assay/sdk/core'
import type { FlagVariant, Layer } from '@assay/server/contract'
import { useState } from 'react'
import type { LayerPlace } from '../../ui/layer/layer-range.ts'
import { Notice } from '../../ui/notice.tsx'
import type { Naming } from '../../ui/serve/naming.ts'
import { ServeBar } from '../../ui/serve/serve-bar.tsx'
import { isSplit } from '../../ui/serve/serve-words.ts'
import { randomId } from './random-id.ts'
import css from './serve-editor.module.css'
import { newSplit } from './split-arms.ts'
import { SplitEditor } from './split-editor.tsx'

interface Props {
  serve: Serve
  /** What is live, whose division of people is kept where it can be. */
  live: Serve | undefined
  onChange: (serve: Serve) => void
  variants: readonly FlagVariant[]
  offVariant: string | null
  unitTypes: readonly string[]
  layers: readonly Layer[]
  place: LayerPlace
  naming: Naming
  /** What becomes of those a split does not reach. */
  beyond: string
}

/** What is served: one variant to everybody, or a split over several. */
export function ServeEditor({ serve, live, onChange, variants, offVariant, unitTypes, layers, place, naming, beyond }: Props) {
  // Coming back from one variant finds the split as it was left.
  const [lastSplit, setLastSplit] = useState<Split | null>(isSplit(serve) ? serve : null)
  const setForm = (form: string) => {
    if (form === 'split') {
      onChange(lastSplit ?? (live && isSplit(live) ? live : newSplit(variants, offVariant, unitTypes[0] ?? 'user', randomId())))
      return
    }
    if (isSplit(serve)) setLastSplit(serve)
    const [first] = variants
    if (first) onChange({ variant: isSplit(serve) ? (serve.arms[0]?.variant ?? first.key) : serve.variant })
  }
  if (isSplit(serve) && serve.hash !== 'murmur3') {
    return <div className={css.editor}><ServeBar serve={serve} naming={naming} /><Notice>This split was imported and keeps its own way to divide people, so that nobody moves. It is not edited here.</Notice></div>
  }
  return (
    <div className={css.editor}>
      <SegmentedControl aria-label="What is served" value={isSplit(serve) ? 'split' : 'variant'} onChange={setForm} data={[{ value: 'variant', label: 'One variant' }, { value: 'split', label: 'Split' }]} className={css.form} />
      {isSplit(serve) ? (
        <SplitEditor split={serve} live={live} onChange={(split) => { setLastSplit(split); onChange(split) }} variants={variants} unitTypes={unitTypes} layers={layers} place={place} naming={naming} beyond={beyond} />
      ) : (
        <Select aria-label="Variant" data={variants.map(({ key, name }) => ({ value: key, label: name ?? key }))} value={serve.variant} onChange={(variant) => { if (variant !== null) onChange({ variant }) }} allowDeselect={false} size="xs" className={css.variant} />
      )}
    </div>
  )
}
