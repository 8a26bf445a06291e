import type { Change } from '@assay/server/contract'
import { useQuery } from '@tanstack/react-query'
import { useProjectKey } from '../../api/project.ts'
import { Panel } from '../../ui/panel.tsx'
import { WhoMoves } from '../../ui/impact/who-moves.tsx'
import type { Naming } from '../../ui/serve/naming.ts'
import { changeImpactQuery } from './changes-queries.ts'

/** Who gets something else the moment it applies. */
export function ImpactPanel({ change, naming }: { change: Change; naming: Naming }) {
  const impact = useQuery(changeImpactQuery(useProjectKey(), change))
  return (
    <Panel title="Who moves">
      <WhoMoves impact={impact} naming={naming} />
    </Panel>
  )
}
