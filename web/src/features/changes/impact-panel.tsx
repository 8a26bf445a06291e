import type { Change } from '@assay/server/contract'
import { useQuery } from '@tanstack/react-query'
import { useProjectKey } from '../../api/project.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Panel } from '../../ui/panel.tsx'
import { ImpactView } from '../../ui/impact/impact-view.tsx'
import type { Naming } from '../../ui/serve/naming.ts'
import { changeImpactQuery } from './changes-queries.ts'

/** Who gets something else the moment it applies. */
export function ImpactPanel({ change, naming }: { change: Change; naming: Naming }) {
  const impact = useQuery(changeImpactQuery(useProjectKey(), change, change.divergence.merged ?? change.proposed))
  return (
    <Panel title="Who moves">
      {impact.isPending ? <p className="muted" role="status">Counting</p> : impact.isError ? <p className="soft" role="status">This could not be counted: {messageOf(impact.error)}</p> : <ImpactView impact={impact.data} naming={naming} />}
    </Panel>
  )
}
