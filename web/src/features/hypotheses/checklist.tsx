import type { ExperimentDetail, Hypothesis } from '@assay/server/contract'
import { IconAlertTriangle, IconCircleCheckFilled, IconCircleXFilled } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useProjectKey } from '../../api/project.ts'
import css from './checklist.module.css'
import { fixFor, type Fix } from './fix-for.ts'

type Item = ExperimentDetail['checklist'][number]

interface Props {
  items: readonly Item[]
  hypothesis: Hypothesis
  /** Null while there is none yet. */
  experiment: Pick<ExperimentDetail, 'flag' | 'environment'> | null
}

const marks: Record<Item['state'], { icon: ReactNode; words: string }> = {
  ok: { icon: <IconCircleCheckFilled size={18} aria-hidden />, words: 'Holds' },
  blocker: { icon: <IconCircleXFilled size={18} aria-hidden />, words: 'Blocks the start' },
  warning: { icon: <IconAlertTriangle size={18} aria-hidden />, words: 'Worth knowing' },
}

/** What must be true before the plan is sealed, with the evidence and a way to put it right. */
export function Checklist({ items, hypothesis, experiment }: Props) {
  return (
    <ul className={css.list}>
      {items.map((item) => {
        const fix = item.state === 'ok' ? null : fixFor(item.id, hypothesis.missing)
        return (
          <li key={item.id} data-state={item.state}>
            {marks[item.state].icon}
            <div><b>{item.label}<span className="sr">: {marks[item.state].words}</span></b><p>{item.evidence}{item.fix === undefined ? '' : ` ${item.fix}`}</p></div>
            {fix === null ? null : <FixLink fix={fix} label={item.label} hypothesis={hypothesis.key} experiment={experiment} />}
          </li>
        )
      })}
    </ul>
  )
}

function FixLink({ fix, label, hypothesis, experiment }: { fix: Fix; label: string; hypothesis: string; experiment: Props['experiment'] }) {
  const project = useProjectKey()
  switch (fix.to) {
    case 'step':
      return <Link to="/p/$project/hypotheses/$hypothesis/edit" params={{ project, hypothesis }} search={{ step: fix.step }}>Fix<span className="sr"> {label}</span></Link>
    case 'flag':
      return experiment === null ? null : <Link to="/p/$project/flags/$flag/$tab" params={{ project, flag: experiment.flag, tab: 'targeting' }} search={{ env: experiment.environment }}>Open the flag</Link>
    case 'keys':
      return <Link to="/p/$project/settings/$section" params={{ project, section: 'keys' }}>SDK keys</Link>
  }
}
