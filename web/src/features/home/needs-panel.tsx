import { IconBulb, IconChecklist, IconGavel, IconHandStop, IconPencil, IconShieldX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Ago } from '../../ui/ago.tsx'
import { Chip, type Tone } from '../../ui/chip.tsx'
import { Panel } from '../../ui/panel.tsx'
import css from './home.module.css'
import type { Need } from './needs-somebody.ts'

interface Look {
  label: string
  tone: Tone
  icon: typeof IconGavel
  /** Whether its page is that of an experiment; a hypothesis otherwise. */
  experiment: boolean
}

const looks: Readonly<Record<Need['kind'], Look>> = {
  harmful: { label: 'Does harm', tone: 'loss', icon: IconHandStop, experiment: true },
  distrust: { label: 'Do not trust', tone: 'warn', icon: IconShieldX, experiment: true },
  decide: { label: 'Decision due', tone: 'info', icon: IconGavel, experiment: true },
  start: { label: 'Draft', tone: 'flat', icon: IconChecklist, experiment: true },
  plan: { label: 'To plan', tone: 'flat', icon: IconBulb, experiment: false },
  write: { label: 'Unfinished', tone: 'flat', icon: IconPencil, experiment: false },
}

/** What waits for a person. */
export function NeedsPanel({ project, needs }: { project: string; needs: readonly Need[] }) {
  return (
    <Panel title="Needs somebody" padded={false}>
      {needs.length === 0 ? <p className={css.quiet}>Nothing. Drafts, decisions and unfinished hypotheses show up here.</p> : (
        <ul className={css.rows}>
          {needs.map((need) => {
            const { label, tone, icon: Icon, experiment } = looks[need.kind]
            return (
              <li key={need.key}>
                <div className={css.about}>
                  <div className={css.title}>
                    <span className={css.key}>{need.key}</span>
                    {experiment ? <Link to="/p/$project/experiments/$experiment" params={{ project, experiment: need.key }}>{need.title}</Link> : <Link to="/p/$project/hypotheses/$hypothesis" params={{ project, hypothesis: need.key }}>{need.title}</Link>}
                  </div>
                  <p>{need.sentence}</p>
                </div>
                <div className={css.state}><Chip tone={tone} icon={<Icon size={13} />}>{label}</Chip><small><Ago at={need.since} /></small></div>
              </li>
            )
          })}
        </ul>
      )}
    </Panel>
  )
}
