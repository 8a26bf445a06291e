import { IconAlertTriangle, IconCheck, IconQuestionMark, IconShieldX } from '@tabler/icons-react'
import { Chip } from '../../ui/chip.tsx'
import { plural } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import { type HealthRow, healthSentence, type HealthState } from './health.ts'
import css from './health-panel.module.css'

/** One sentence, then what it rests on. */
export function HealthPanel({ rows }: { rows: readonly HealthRow[] }) {
  const broken = rows.some(({ state }) => state === 'broken')
  const concerns = rows.filter(({ state }) => state === 'look' || state === 'broken').length
  return (
    <Panel title="Can these numbers be believed?" aside={concerns === 0 ? <Chip tone="win" icon={<IconCheck size={12} aria-hidden />}>Healthy</Chip> : <Chip tone="warn" icon={broken ? <IconShieldX size={12} aria-hidden /> : <IconAlertTriangle size={12} aria-hidden />}>{plural(concerns, 'thing')} to look at</Chip>}>
      <p className={css.sentence}>{healthSentence(rows)}</p>
      <ul className={css.rows}>
        {rows.map(({ id, state, label, evidence }) => <li key={id}><StateIcon state={state} /><b>{label}</b><span>{evidence}</span></li>)}
      </ul>
    </Panel>
  )
}

function StateIcon({ state }: { state: HealthState }) {
  switch (state) {
    case 'ok': return <IconCheck size={17} className={css.ok} role="img" aria-label="Holds" />
    case 'look': return <IconAlertTriangle size={17} className={css.look} role="img" aria-label="To look at" />
    case 'broken': return <IconShieldX size={17} className={css.look} role="img" aria-label="Broken" />
    case 'unknown': return <IconQuestionMark size={17} className={css.unknown} role="img" aria-label="Not known" />
  }
}
