import type { Serve } from '@assay/sdk/core'
import { percent } from '../format.ts'
import { seriesColour, SplitBar } from '../split-bar.tsx'
import type { Naming } from './naming.ts'
import css from './serve-bar.module.css'
import { isSplit, layerText, servedParts, WHOLE } from './serve-words.ts'

interface Props {
  serve: Serve
  naming: Naming
  width?: number
}

/** What is served, as a bar with its numbers; one variant is its name. */
export function ServeBar({ serve, naming, width = 150 }: Props) {
  if (!isSplit(serve)) return <span className={css.only}><i style={{ background: seriesColour(naming.series(serve.variant)) }} />{naming.variant(serve.variant)}</span>
  return (
    <span className={css.bar}>
      <SplitBar parts={servedParts(serve, naming)} height={10} width={width} />
      {serve.arms.map((arm) => <span key={arm.variant} className={css.arm}><i style={{ background: seriesColour(naming.series(arm.variant)) }} />{naming.variant(arm.variant)} <b>{percent(arm.weight / WHOLE)}</b></span>)}
      {serve.coverage < WHOLE ? <span className={css.reach}>of the {percent(serve.coverage / WHOLE)} it reaches</span> : null}
      {serve.layer ? <span className={css.reach}>in {layerText(serve.layer)}</span> : null}
      {serve.unit === 'user' ? null : <span className={css.reach}>by {serve.unit}</span>}
    </span>
  )
}
