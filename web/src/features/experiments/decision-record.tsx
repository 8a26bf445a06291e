import type { ExperimentDetail } from '@assay/server/contract'
import { Avatar } from '../../ui/avatar.tsx'
import { Chip } from '../../ui/chip.tsx'
import { date } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { choiceWords } from './choice-words.ts'
import css from './decision-record.module.css'

/** What people decided, and what they learned. */
export function DecisionRecord({ decision, verdict }: { decision: NonNullable<ExperimentDetail['decision']>; verdict: ExperimentDetail['verdict'] }) {
  return (
    <Panel title="The decision" aside={decision.differsFromVerdict ? <Chip tone="warn">Differs from the verdict</Chip> : <Chip>Follows the verdict</Chip>}>
      <div className={css.record}>
        <div className={css.head}><Avatar name={decision.by} size={20} /><span>{decision.by} decided on {date(decision.at)}</span></div>
        <dl>
          <dt>Decision</dt><dd>{choiceWords(decision)}</dd>
          <dt>Learning</dt><dd>{decision.learning}</dd>
          {decision.note === '' ? null : <><dt>Why</dt><dd>{decision.note}</dd></>}
          <dt>Verdict</dt><dd>{verdict?.sentence ?? 'There was none.'}</dd>
        </dl>
      </div>
    </Panel>
  )
}
