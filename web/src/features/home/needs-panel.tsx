import { IconBulb, IconChecklist, IconEye, IconGavel, IconGitMerge, IconCalendarDue, IconGitPullRequest, IconHandStop, IconListCheck, IconPencil, IconShieldX } from '@tabler/icons-react'
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
  page: 'experiments' | 'hypotheses' | 'changes' | 'tasks'
}

const looks: Readonly<Record<Need['kind'], Look>> = {
  harmful: { label: 'Does harm', tone: 'loss', icon: IconHandStop, page: 'experiments' },
  distrust: { label: 'Do not trust', tone: 'warn', icon: IconShieldX, page: 'experiments' },
  settle: { label: 'In conflict', tone: 'loss', icon: IconGitMerge, page: 'changes' },
  review: { label: 'To review', tone: 'warn', icon: IconEye, page: 'changes' },
  apply: { label: 'To apply', tone: 'win', icon: IconGitPullRequest, page: 'changes' },
  decide: { label: 'Decision due', tone: 'info', icon: IconGavel, page: 'experiments' },
  late: { label: 'Late', tone: 'loss', icon: IconCalendarDue, page: 'tasks' },
  task: { label: 'To do', tone: 'flat', icon: IconListCheck, page: 'tasks' },
  start: { label: 'Draft', tone: 'flat', icon: IconChecklist, page: 'experiments' },
  plan: { label: 'To plan', tone: 'flat', icon: IconBulb, page: 'hypotheses' },
  write: { label: 'Unfinished', tone: 'flat', icon: IconPencil, page: 'hypotheses' },
}

/** What waits for a person. */
export function NeedsPanel({ project, needs }: { project: string; needs: readonly Need[] }) {
  return (
    <Panel title="Needs somebody" padded={false}>
      {needs.length === 0 ? <p className={css.quiet}>Nothing. Changes to review, drafts, decisions and unfinished hypotheses show up here.</p> : (
        <ul className={css.rows}>
          {needs.map((need) => {
            const { label, tone, icon: Icon, page } = looks[need.kind]
            const to: string = page === 'tasks' ? `/p/${project}/tasks` : `/p/${project}/${page}/${encodeURIComponent(need.key)}`
            return (
              <li key={need.key}>
                <div className={css.about}>
                  <div className={css.title}>
                    <span className={css.key}>{need.key}</span>
                    <Link to={to}>{need.title}</Link>
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
