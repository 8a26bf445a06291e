import { exportResources, requestOf, type ExportFormat, type ExportResource } from '@assay/server/contract'

export type ExportFilters = Readonly<Record<string, string | undefined>>

/** The filters that are set. */
export function setFilters(filters: ExportFilters): Record<string, string> {
  return Object.fromEntries(Object.entries(filters).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]])))
}

/** Where a table is downloaded, with the filters of the page. */
export function exportAddress(project: string, resource: ExportResource, format: ExportFormat, filters: ExportFilters): string {
  const { method, path } = exportResources[resource].route
  const search = new URLSearchParams({ format, ...setFilters(filters) })
  return `${requestOf({ method, path, summary: '', access: 'session' }, { params: { project } }).path}?${search.toString()}`
}
