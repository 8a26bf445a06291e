import { Button } from '@mantine/core'
import { IconDownload, IconPrinter } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useProjectKey, usePermit } from '../../api/project.ts'
import { ExportMenu } from '../../ui/export-menu/export-menu.tsx'
import { Panel } from '../../ui/panel.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { exportPaths } from './experiments-queries.ts'
import css from './export-panel.module.css'

/** Everything on the page as files, and the rows beneath it. */
export function ExportPanel({ experiment }: { experiment: string }) {
  const project = useProjectKey()
  const paths = exportPaths(project, experiment)
  const raw = usePermit('raw_data.export')
  const filters = { experiment }
  return (
    <Panel title="Take it with you">
      <p className={css.words}>Results are a table of metrics and arms, ready to join. Exposures and events are the rows that they come from. The whole page is every number of it, with the sealed plan. The bundle has what all of it rests on, to compute every number again. The report is one page to print.</p>
      <div className={css.buttons}>
        <ExportMenu resource="results" label="Results" filters={filters} />
        <ExportMenu resource="daily" label="By day" filters={filters} />
        <ExportMenu resource="exposures" label="Exposures" filters={filters} />
        <ExportMenu resource="events" label="Events" filters={filters} />
        <Download href={paths.resultsJson}>Whole page, JSON</Download>
        <Download href={paths.resultsCsv}>Whole page, CSV</Download>
        {raw.allowed ? <Download href={paths.bundle}>Result bundle</Download> : <PermittedButton permit={raw} onClick={nothing}>Result bundle</PermittedButton>}
        <Button component={Link} to={`/p/${project}/experiments/${experiment}/report`} variant="default" leftSection={<IconPrinter size={14} />}>Report</Button>
      </div>
    </Panel>
  )
}

/** A locked button is never pressed; it is there to say what is missing. */
function nothing(): void {}

function Download({ href, children }: { href: string; children: string }) {
  return <Button component="a" href={href} download variant="default" leftSection={<IconDownload size={14} />}>{children}</Button>
}
