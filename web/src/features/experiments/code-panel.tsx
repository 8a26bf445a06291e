import type { ExperimentDetail, MetricType } from '@assay/server/contract'
import { ActionIcon, CopyButton, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { flagQuery } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { Panel } from '../../ui/panel.tsx'
import css from './code-panel.module.css'
import { snippetOf } from './snippets.ts'

interface Props {
  experiment: Pick<ExperimentDetail, 'key' | 'flag' | 'unitType' | 'assignment' | 'arms' | 'control' | 'phase'>
  /** Metrics whose events a service has to record. */
  metrics: readonly { event: string; type: MetricType }[]
}

/** What a service has to say, to copy. */
export function CodePanel({ experiment, metrics }: Props) {
  const project = useProject()
  const flag = useQuery(flagQuery(project.key, experiment.flag))
  if (!flag.data) return null
  const attribute = project.unitTypes.find((unit) => unit.key === experiment.unitType)?.attribute ?? 'targetingKey'
  const text = snippetOf(attribute, experiment, flag.data, metrics.map(({ event, type }) => ({ event, mean: type === 'mean' })))
  return (
    <Panel title="In the code" aside={<span className="muted">{experiment.assignment === 'external' ? 'Assigned outside Assay' : 'Assigned by Assay'}</span>}>
      <div className={css.code}>
        <pre tabIndex={0} aria-label="TypeScript">{text}</pre>
        <span className={css.copy}>
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <Tooltip label={copied ? 'Copied' : 'Copy'}>
                <ActionIcon aria-label="Copy the code" onClick={copy}>{copied ? <IconCheck size={15} /> : <IconCopy size={15} />}</ActionIcon>
              </Tooltip>
            )}
          </CopyButton>
        </span>
      </div>
    </Panel>
  )
}
