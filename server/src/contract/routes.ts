import { accountRoutes } from './accounts.ts'
import { apiTokenRoutes } from './api-tokens.ts'
import { attributeRoutes } from './attributes.ts'
import { auditRoutes } from './audit.ts'
import { changeRoutes } from './changes.ts'
import { cohortRoutes } from './cohorts.ts'
import { deliveryRoutes } from './delivery.ts'
import { dimensionRoutes } from './dimensions.ts'
import { experimentRoutes } from './experiments.ts'
import { exportScheduleRoutes } from './export-schedules.ts'
import { exportRoutes } from './exports.ts'
import { flagListRoutes } from './flag-lists.ts'
import { flagRoutes } from './flags.ts'
import { hypothesisRoutes } from './hypotheses.ts'
import { inboxRoutes } from './inbox.ts'
import { layerRoutes } from './layers.ts'
import { learningRoutes } from './learnings.ts'
import { liveRoutes } from './live.ts'
import { metricInsightRoutes, metricRoutes } from './metrics.ts'
import { playgroundRoutes } from './playground.ts'
import { programmeRoutes } from './programme.ts'
import { projectRoutes } from './projects.ts'
import { sessionRoutes } from './sessions.ts'
import { taskRoutes } from './tasks.ts'
import { webhookRoutes } from './webhooks.ts'

/** Every operation of `/api/v1`, by name. */
export const routes = { ...accountRoutes, ...sessionRoutes, ...projectRoutes, ...flagListRoutes, ...flagRoutes, ...changeRoutes, ...layerRoutes, ...playgroundRoutes, ...cohortRoutes, ...attributeRoutes, ...metricRoutes, ...metricInsightRoutes, ...hypothesisRoutes, ...learningRoutes, ...taskRoutes, ...inboxRoutes, ...programmeRoutes, ...deliveryRoutes, ...experimentRoutes, ...exportRoutes, ...exportScheduleRoutes, ...dimensionRoutes, ...apiTokenRoutes, ...webhookRoutes, ...auditRoutes, ...liveRoutes }

export type Routes = typeof routes
export type RouteName = keyof Routes
