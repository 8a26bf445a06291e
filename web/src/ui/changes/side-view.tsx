import { ConditionView } from '../condition/condition-view.tsx'
import type { Naming } from '../serve/naming.ts'
import { ServeBar } from '../serve/serve-bar.tsx'
import type { Side } from '@assay/server/contract'

/** One side of a difference, as words and bars; undefined where there was nothing. */
export function SideView({ side, naming, width = 150 }: { side: Side | undefined; naming: Naming; width?: number }) {
  if (side === undefined) return <span className="muted">not there</span>
  switch (side.kind) {
    case 'text':
      return <span style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>{side.text}</span>
    case 'serve':
      return <ServeBar serve={side.serve} naming={naming} width={width} />
    case 'condition':
      return <ConditionView condition={side.condition} cohortName={naming.cohort} />
    case 'rule':
      return (
        <>
          <ConditionView condition={side.condition} cohortName={naming.cohort} />
          <ServeBar serve={side.serve} naming={naming} width={width} />
        </>
      )
  }
}
