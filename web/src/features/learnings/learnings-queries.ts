import { routes, type Learning } from '@assay/server/contract'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '../../api/client.ts'

export interface LearningsFilter {
  search?: string
  verdict?: Learning['verdict']
  evidence?: Learning['evidence']
  metric?: string
  wrong?: 'true'
  contradicted?: 'true'
}

/** What experiments taught. What was found last stays while the next is searched for. */
export function learningsQuery(project: string, filter: LearningsFilter) {
  return queryOptions({ queryKey: ['learnings', project, filter], queryFn: () => call(routes.listLearnings, { params: { project }, query: filter }), placeholderData: keepPreviousData })
}
