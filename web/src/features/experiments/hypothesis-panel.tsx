import type { ExperimentDetail, HypothesisDraft } from '@assay/server/contract'
import { IconBulb, IconFlag3, IconGavel, IconTarget, IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useProjectKey } from '../../api/project.ts'
import { percent } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import css from './hypothesis-panel.module.css'
import { phrase } from './phrase.ts'

interface Props {
  experiment: Pick<ExperimentDetail, 'flag' | 'hypothesis'>
  draft: HypothesisDraft
  /** Name of the deciding metric. */
  metric: string | null
}

/** What is believed, as it was sealed or as it stands, with the way to everything it speaks of. */
export function HypothesisPanel({ experiment, draft, metric }: Props) {
  const project = useProjectKey()
  return (
    <Panel title="The hypothesis">
      <p className={css.statement}>
        We believe <u>{phrase(draft.change) || 'a change that is not written down'}</u> for <u>{phrase(draft.audience) || 'everyone'}</u> will{' '}
        <u>{draft.direction === 'increase' ? 'raise' : 'lower'} {metric ?? 'a metric that is not chosen'}{draft.minimumEffect === null ? '' : ` by ${percent(draft.minimumEffect)}`}</u>
        {draft.because === '' ? '' : `, because ${phrase(draft.because)}`}.
      </p>
      <ul className={css.facts}>
        {draft.wrongIf === '' ? null : <li><IconTarget size={15} aria-hidden /><span>Wrong if {phrase(draft.wrongIf)}</span></li>}
        <li><IconBulb size={15} aria-hidden /><Link to="/p/$project/hypotheses/$hypothesis" params={{ project, hypothesis: experiment.hypothesis }}>{experiment.hypothesis}, {draft.title}</Link></li>
        <li><IconUsers size={15} aria-hidden />{draft.cohort === null ? 'No cohort: everyone' : <Link to="/p/$project/cohorts/$cohort" params={{ project, cohort: draft.cohort }}>{draft.cohort}</Link>}</li>
        <li><IconFlag3 size={15} aria-hidden /><Link to="/p/$project/flags/$flag/$tab" params={{ project, flag: experiment.flag, tab: 'targeting' }} search={{ env: undefined }}>{experiment.flag}</Link></li>
        {draft.decider === '' ? null : <li><IconGavel size={15} aria-hidden /><span>Decider: {draft.decider}</span></li>}
      </ul>
    </Panel>
  )
}
