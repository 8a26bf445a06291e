import type { ExperimentDetail, Sealing } from '@assay/server/contract'
import { IconAlertTriangle, IconCheck, IconCircleX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useProjectKey } from '../../api/project.ts'
import { Chip } from '../../ui/chip.tsx'
import { plural } from '../../ui/format.ts'
import { Panel } from '../../ui/panel.tsx'
import css from './checklist-panel.module.css'
import { StartButton } from './start-button.tsx'

type Item = ExperimentDetail['checklist'][number]

/** What must be true before it can start, each with the evidence and the way to mend it. */
export function ChecklistPanel({ experiment, sealing, dirty }: { experiment: ExperimentDetail; sealing: Sealing; dirty: boolean }) {
  const blockers = experiment.checklist.filter((item) => item.state === 'blocker').length
  const warnings = experiment.checklist.filter((item) => item.state === 'warning').length
  return (
    <Panel title="Before it starts" aside={blockers === 0 ? warnings === 0 ? <Chip tone="win" icon={<IconCheck size={12} aria-hidden />}>Ready</Chip> : <Chip tone="warn">{plural(warnings, 'warning')}</Chip> : <Chip tone="danger">{plural(blockers, 'blocker')}</Chip>}>
      <ul className={css.list}>
        {experiment.checklist.map((item) => (
          <li key={item.id}>
            <StateIcon state={item.state} />
            <b>{item.label}</b>
            <small>{item.evidence}{item.fix === undefined ? '' : ` ${item.fix}`}</small>
            {item.state === 'ok' ? null : <Fix item={item} experiment={experiment} />}
          </li>
        ))}
      </ul>
      <div className={css.start}><StartButton experiment={experiment} sealing={sealing} dirty={dirty} blockers={blockers} warnings={warnings} /></div>
    </Panel>
  )
}

function StateIcon({ state }: { state: Item['state'] }) {
  switch (state) {
    case 'ok': return <IconCheck size={17} className={css.ok} role="img" aria-label="Holds" />
    case 'warning': return <IconAlertTriangle size={17} className={css.warning} role="img" aria-label="Warning" />
    case 'blocker': return <IconCircleX size={17} className={css.blocker} role="img" aria-label="Blocks the start" />
  }
}

/** Where an item can be mended, where that is another page. */
function Fix({ item, experiment }: { item: Item; experiment: ExperimentDetail }) {
  const project = useProjectKey()
  switch (item.id) {
    case 'hypothesis':
    case 'exposure':
    case 'guardrails':
      return <Link to="/p/$project/hypotheses/$hypothesis/edit" params={{ project, hypothesis: experiment.hypothesis }} search={{ step: undefined }}>Edit {experiment.hypothesis}</Link>
    case 'reach':
    case 'flag-on':
    case 'seen-below':
    case 'overlap':
      return <Link to="/p/$project/flags/$flag/$tab" params={{ project, flag: experiment.flag, tab: 'targeting' }} search={{ env: experiment.environment }}>Open the flag</Link>
    case 'layer':
    case 'same-metric':
      return <Link to="/p/$project/layers" params={{ project }}>See the layers</Link>
    case 'sdk':
      return <Link to="/p/$project/settings/$section" params={{ project, section: 'keys' }}>SDK keys</Link>
    default:
      return null
  }
}
