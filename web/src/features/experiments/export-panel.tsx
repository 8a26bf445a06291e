import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useProjectKey } from '../../api/project.ts'
import { ExportMenu } from '../../ui/export-menu/export-menu.tsx'
import { Panel } from '../../ui/panel.tsx'
import { exportPaths } from './experiments-queries.ts'
import css from './export-panel.module.css'

/** Everything on the page as files, and the rows beneath it. */
export function ExportPanel({ experiment }: { experiment: string }) {
  const paths = exportPaths(useProjectKey(), experiment)
  const filters = { experiment }
  return (
    <Panel title="Take it with you">
      <p className={css.words}>Results are a table of metrics and arms, ready to join. Exposures and events are the rows that they come from. The whole page is every number of it, with the sealed plan.</p>
      <div className={css.buttons}>
        <ExportMenu resource="results" label="Results" filters={filters} />
        <ExportMenu resource="daily" label="By day" filters={filters} />
        <ExportMenu resource="exposures" label="Exposures" filters={filters} />
        <ExportMenu resource="events" label="Events" filters={filters} />
        <Download href={paths.resultsJson}>Whole page, JSON</Download>
        <Download href={paths.resultsCsv}>Whole page, CSV</Download>
      </div>
    </Panel>
  )
}

function Download({ href, children }: { href: string; children: string }) {
  return <Button component="a" href={href} download variant="default" leftSection={<IconDownload size={14} />}>{children}</Button>
}
