import express from 'express'
import { registerAccountRoutes } from './accounts/accounts.routes.ts'
import { tokenIn } from './accounts/api-token.ts'
import { registerApiTokenRoutes } from './accounts/api-tokens.routes.ts'
import { createTokenAuthentication } from './accounts/authenticate-token.service.ts'
import { registerDeliveryRoutes } from './delivery/delivery.routes.ts'
import { registerDimensionRoutes } from './analysis/dimensions.routes.ts'
import { registerAttributeRoutes } from './attributes/attributes.routes.ts'
import { registerAuditRoutes } from './audit/audit.routes.ts'
import { registerBundleRoutes } from './bundle/bundle.routes.ts'
import { registerChangeRoutes } from './changes/changes.routes.ts'
import { registerCohortRoutes } from './cohorts/cohorts.routes.ts'
import { routes } from './contract/routes.ts'
import type { Deps } from './deps.ts'
import { registerEnvironmentRoutes } from './environments/environments.routes.ts'
import { registerExperimentRoutes } from './experiments/experiments.routes.ts'
import { registerExportRoutes } from './exports/exports.routes.ts'
import { registerExportScheduleRoutes } from './exports/schedules.routes.ts'
import { registerFlagRoutes } from './flags/flags.routes.ts'
import { adminUi, builtUi } from './http/admin-ui.ts'
import { refuseUnknownApi } from './http/api-fallback.ts'
import { allowAnyOrigin } from './http/any-origin.ts'
import { AppError } from './http/app-error.ts'
import { provideKeys } from './http/authenticate-key.ts'
import { createErrorHandler } from './http/error-handler.ts'
import { jsonBody } from './http/json-body.ts'
import { openApi } from './http/openapi.ts'
import { registerOperationsRoutes } from './http/operations.routes.ts'
import { limitGuessing } from './http/rate-limit.ts'
import { assertComplete, createRegistrar } from './http/register.ts'
import { requestLog } from './http/request-log.ts'
import { requireDiskSpace } from './http/require-disk-space.ts'
import { requireSameOrigin } from './http/same-origin.ts'
import { securityHeaders } from './http/security-headers.ts'
import { registerHypothesisRoutes } from './hypotheses/hypotheses.routes.ts'
import { registerImpactRoutes } from './impact/impact.routes.ts'
import { DEEPEST_BATCH, EVENT_TYPES, registerIngestSdkRoutes } from './ingest/ingest.routes.ts'
import { registerInboxRoutes } from './inbox/inbox.routes.ts'
import { registerLayerRoutes } from './layers/layers.routes.ts'
import { registerLearningRoutes } from './learnings/learnings.routes.ts'
import { registerLiveRoutes } from './live/live.routes.ts'
import { registerMetricRoutes } from './metrics/metrics.routes.ts'
import { registerOfrepRoutes } from './ofrep/ofrep.routes.ts'
import { createDiskSpace } from './platform/disk-space.ts'
import { registerPlaygroundRoutes } from './playground/playground.routes.ts'
import { registerProgrammeRoutes } from './programme/programme.routes.ts'
import { registerKeyRoutes } from './projects/keys.routes.ts'
import { registerProjectRoutes } from './projects/projects.routes.ts'
import { createProjectsStore } from './projects/projects.store.ts'
import { registerRulesetRoutes, registerRulesetSdkRoutes } from './rulesets/rulesets.routes.ts'
import { registerTaskRoutes } from './tasks/tasks.routes.ts'
import { registerUsageRoutes } from './usage/usage.routes.ts'
import { registerWebhookRoutes } from './webhooks/webhooks.routes.ts'

interface Options {
  /** A response that breaks the contract fails the request instead of being logged. */
  strictResponses?: boolean
  /** Folder of the built admin UI. */
  ui?: string
}

/** The whole HTTP surface, in the order a request meets it. */
export function createApp(deps: Deps, { strictResponses = false, ui = builtUi }: Options = {}): express.Express {
  const { config, log, measures } = deps
  const app = express()
  app.disable('x-powered-by')
  app.set('query parser', 'simple')
  app.set('trust proxy', config.trustProxy)
  app.set('etag', false)
  provideKeys(app, deps.keys)

  app.use(requestLog(log, measures))
  app.use(securityHeaders(config.publicUrl?.startsWith('https:') ?? false))
  registerOperationsRoutes(app, deps)

  app.use('/sdk', allowAnyOrigin())
  if (config.databaseUrl === null || config.clickhouseUrl === null) app.use(['/api', '/sdk'], requireDiskSpace(createDiskSpace(config.dataDir)))
  app.use('/sdk/v1/events', jsonBody('5mb', { anyText: true, maxDepth: DEEPEST_BATCH, types: EVENT_TYPES }))
  app.use('/sdk', jsonBody('1mb'))
  registerRulesetSdkRoutes(app, deps)
  registerIngestSdkRoutes(app, deps)
  registerOfrepRoutes(app, deps)

  app.use('/api', requireSameOrigin(config.publicUrl))
  // A cohort may list 100,000 units.
  app.use('/api/v1/projects/:project/cohorts', jsonBody('8mb'))
  app.use('/api', jsonBody('1mb'), (_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  app.post(['/api/v1/session', '/api/v1/setup', '/api/v1/invitations/accept'], limitGuessing(() => deps.now().getTime()))
  const document = openApi(routes)
  app.get('/api/v1/openapi.json', (_req, res) => { res.json(document) })

  const projects = createProjectsStore(deps.db)
  const byToken = createTokenAuthentication(deps)
  const on = createRegistrar(app, {
    async authenticate(req) {
      const token = tokenIn(req.get('authorization'))
      if (token !== null) return byToken(token, req)
      const actor = await deps.sessions.authenticate(req.get('cookie'))
      return actor && { actor, limits: null }
    },
    async assertConfirmed(req) {
      const session = await deps.sessions.current(req.get('cookie'))
      const minutes = config.reauthenticateMinutes
      if (session && deps.now().getTime() - session.signedInAt.getTime() < minutes * 60_000) return
      throw new AppError('reauthentication_required', `You gave your password more than ${minutes} minutes ago: give it again for this. Nothing was changed.`)
    },
    scopeFor: (userId, projectKey) => projects.scopeFor(userId, projectKey),
    onBrokenResponse(route, issues) {
      const message = `The response of ${route.method} ${route.path} breaks the contract: ${JSON.stringify(issues)}`
      if (strictResponses) throw new Error(message)
      log.error(message)
    },
  })
  registerAccountRoutes(on, deps)
  registerApiTokenRoutes(on, deps)
  registerProjectRoutes(on, deps)
  registerEnvironmentRoutes(on, deps)
  registerKeyRoutes(on, deps)
  registerRulesetRoutes(on, deps)
  registerFlagRoutes(on, deps)
  registerUsageRoutes(on, deps)
  registerLayerRoutes(on, deps)
  registerImpactRoutes(on, deps)
  registerChangeRoutes(on, deps)
  registerPlaygroundRoutes(on, deps)
  registerCohortRoutes(on, deps)
  registerAttributeRoutes(on, deps)
  registerMetricRoutes(on, deps)
  registerHypothesisRoutes(on, deps)
  registerLearningRoutes(on, deps)
  registerTaskRoutes(on, deps)
  registerInboxRoutes(on, deps)
  registerProgrammeRoutes(on, deps)
  registerDeliveryRoutes(on, deps)
  registerExperimentRoutes(on, deps)
  registerDimensionRoutes(on, deps)
  registerExportRoutes(on, deps)
  registerExportScheduleRoutes(on, deps)
  registerWebhookRoutes(on, deps)
  registerBundleRoutes(on, deps)
  registerAuditRoutes(on, deps)
  registerLiveRoutes(on, deps)
  assertComplete(on.registered, routes)

  app.use(['/api', '/sdk'], refuseUnknownApi(routes))
  app.use(adminUi(ui))
  app.use(createErrorHandler(log))
  return app
}
