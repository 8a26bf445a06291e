import type { ExperimentDetail } from '@assay/server/contract'
import { Link } from '@tanstack/react-router'
import { useProjectKey } from '../../api/project.ts'
import { plural } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { deviationName } from './deviation-words.ts'

/** What was changed since sealing, beside the result: the set-up says it in full. */
export function PlanChanges({ experiment: { key, phase, deviations } }: { experiment: Pick<ExperimentDetail, 'key' | 'phase' | 'deviations'> }) {
  const project = useProjectKey()
  if (deviations.length === 0) return null
  const names = [...new Set(deviations.map(({ what }) => deviationName(what)))]
  return (
    <Notice tone="warn">
      <b>{plural(deviations.length, 'deviation')} from the plan</b>: {names.join('; ')}.{phase > 1 ? ` The verdict follows phase ${phase} alone.` : ''} <Link to="/p/$project/experiments/$experiment/$tab" params={{ project, experiment: key, tab: 'setup' }}>Who did it, when and why</Link>
    </Notice>
  )
}
