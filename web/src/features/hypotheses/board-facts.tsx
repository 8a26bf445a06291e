import type { ReactNode } from 'react'
import { count, plural } from '../../ui/format.ts'
import css from './board-facts.module.css'
import type { BoardSummary } from './board-summary.ts'

/** The board in numbers beside the pyramid. What cannot be counted yet is left out. */
export function BoardFacts({ summary }: { summary: BoardSummary }) {
  const { running, people, waiting, shipped, removed, again, medianDays } = summary
  const decided = shipped + removed + again
  return (
    <dl className={css.facts}>
      <Fact term="Being tested" note={running === 0 ? 'No experiment runs' : `${plural(people, 'person', 'people')} so far`}>{count(running)}</Fact>
      <Fact term="Waiting for a decision" note={waiting === 0 ? 'Nothing is due' : 'The data is in'}>{count(waiting)}</Fact>
      <Fact term="Decided" note={decided === 0 ? 'No answer yet' : [[shipped, 'shipped'], [removed, 'removed'], [again, 'tried again']].filter(([n]) => n !== 0).map(([n, word]) => `${n} ${word}`).join(', ')}>{count(decided)}</Fact>
      {medianDays === null ? null : <Fact term="Time to an answer" note="Median of those that ended">{medianDays < 1 ? '<1' : medianDays < 10 ? Math.round(medianDays * 10) / 10 : count(Math.round(medianDays))} <small>{medianDays <= 1 ? 'day' : 'days'}</small></Fact>}
    </dl>
  )
}

function Fact({ term, note, children }: { term: string; note: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd className={css.number}>{children}</dd>
      <dd className={css.note}>{note}</dd>
    </div>
  )
}
