import type { ExperimentSummary, Hypothesis } from '@assay/server/contract'
import { Link } from '@tanstack/react-router'
import { useProjectKey } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { LevelGlyph, levelNames } from '../../ui/level-glyph.tsx'
import { VirtualBody } from '../../ui/virtual-body.tsx'
import type { Names } from './believe-sentence.ts'
import { cardState } from './card-state.ts'
import { effectWords } from './effect-words.ts'
import css from './hypotheses-list.module.css'
import { StateChip } from './state-chip.tsx'

interface Props {
  hypotheses: readonly Hypothesis[]
  newest: ReadonlyMap<string, ExperimentSummary>
  names: Names
  now: Date
}

/** Every hypothesis in a row, newest first. */
export function HypothesesList({ hypotheses, newest, names, now }: Props) {
  const project = useProjectKey()
  return (
    <div className="tablewrap" tabIndex={0} role="region" aria-label="Hypotheses">
      <table className={`table ${css.table}`} aria-rowcount={hypotheses.length + 1}>
        <thead>
          <tr aria-rowindex={1}><th scope="col">Hypothesis</th><th scope="col">Level</th><th scope="col">State</th><th scope="col">Next, or learned</th><th scope="col">Decided by</th><th scope="col">Written by</th><th scope="col">Last change</th></tr>
        </thead>
        <VirtualBody items={hypotheses} keyOf={({ key }) => key} rowHeight={52} row={(hypothesis, place) => {
          const { key, title, level, primaryMetric, direction, minimumEffect, createdBy, changedAt } = hypothesis
          const { chip, foot } = cardState(hypothesis, newest.get(key), now)
          return (
            <tr {...place}>
              <td className={css.name}><Link to="/p/$project/hypotheses/$hypothesis" params={{ project, hypothesis: key }}>{title}</Link><small>{key}</small></td>
              <td><span className={css.level}><LevelGlyph level={level} size={18} />{levelNames[level - 1]}</span></td>
              <td><StateChip chip={chip} /></td>
              <td className={css.foot} title={foot.text}>{foot.text}</td>
              <td>{primaryMetric === null ? <span className="muted">Not chosen</span> : <>{names.metric(primaryMetric)}{minimumEffect === null ? '' : ` ${effectWords(direction, minimumEffect)}`}</>}</td>
              <td><span className={css.level}><Avatar name={createdBy} size={20} />{createdBy}</span></td>
              <td className={css.when}><Ago at={changedAt} /></td>
            </tr>
          )
        }} />
      </table>
    </div>
  )
}
