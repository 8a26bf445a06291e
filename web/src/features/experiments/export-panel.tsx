import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useProjectKey, usePermit } from '../../api/project.ts'
import { Panel } from '../../ui/panel.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { exportPaths } from './experiments-queries.ts'
import css from './export-panel.module.css'

/** Everything on the page as files, and the rows beneath it. */
export function ExportPanel({ experiment }: { experiment: string }) {
  const paths = exportPaths(useProjectKey(), experiment)
  const raw = usePermit('raw_data.export')
  return (
    <Panel title="Take it with you">
      <p className={css.words}>Results hold every number of this page. Exposures and events are the rows they come from.</p>
      <div className={css.buttons}>
        <Download href={paths.resultsJson}>Results JSON</Download>
        <Download href={paths.resultsCsv}>Results CSV</Download>
        {raw.allowed ? <><Download href={paths.exposures}>Exposures CSV</Download><Download href={paths.events}>Events CSV</Download></> : <><PermittedButton permit={raw} onClick={nothing}>Exposures CSV</PermittedButton><PermittedButton permit={raw} onClick={nothing}>Events CSV</PermittedButton></>}
      </div>
    </Panel>
  )
}

/** A locked button is never pressed; it is there to say what is missing. */
function nothing(): void {}

function Download({ href, children }: { href: string; children: string }) {
  return <Button component="a" href={href} download variant="default" leftSection={<IconDownload size={14} />}>{children}</Button>
}
