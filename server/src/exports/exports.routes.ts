import { exportResources } from '../contract/exports.ts'
import { routes } from '../contract/routes.ts'
import type { Deps } from '../deps.ts'
import { experimentDetail } from '../experiments/experiments.service.ts'
import type { Registrar } from '../http/register.ts'
import { tabulate } from './columns.ts'
import { download, downloadTable, recordDownload } from './download.service.ts'
import { pageColumns, pageRows } from './page-rows.ts'

export function registerExportRoutes(on: Registrar, deps: Deps): void {
  for (const { name, route } of Object.values(exportResources)) {
    on(route, ({ project, actor, query, res }) => downloadTable(deps, { project, actor }, name, query, `${project.key}-${name}`, res))
  }

  // An experiment's page, and the rows beneath it, below the experiment's own address.
  on(routes.exportResults, async ({ project, actor, params, query, res }) => {
    const { checklist: _, sealing: _now, ...experiment } = await experimentDetail(deps, project.id, params.experiment)
    const what = { what: 'page', format: query.format, filters: { experiment: params.experiment } }
    if (query.format === 'csv') {
      const open = () => tabulate(pageColumns, [pageRows(experiment)])
      return download(deps, { project, actor }, { ...what, fileName: `${params.experiment}-results`, open }, res)
    }
    await recordDownload(deps, { project, actor }, { ...what, rows: null })
    res.attachment(`${params.experiment}-results.json`).json({ format: 'assay.results', formatVersion: 1, exportedAt: deps.now().toISOString(), project: project.key, ...experiment })
  })

  on(routes.exportExposures, ({ project, actor, params: { experiment }, res }) => downloadTable(deps, { project, actor }, 'exposures', { format: 'csv', experiment }, `${experiment}-exposures`, res))

  on(routes.exportEvents, ({ project, actor, params: { experiment }, res }) => downloadTable(deps, { project, actor }, 'events', { format: 'csv', experiment }, `${experiment}-events`, res))
}
