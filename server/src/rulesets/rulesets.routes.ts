import type express from 'express'
import { invalidRequest, issuesOf, type Registrar } from '../http/register.ts'
import { routes } from '../contract/routes.ts'
import { seenBody } from '../contract/sdk-wire.ts'
import type { Deps } from '../deps.ts'
import { createEnvironmentsStore } from '../environments/environments.store.ts'
import { AppError } from '../http/app-error.ts'
import { endWithKey, noteSdk, requireKey } from '../http/authenticate-key.ts'
import { beginEventStream } from '../http/begin-event-stream.ts'
import { createInstancesStore } from './instances.store.ts'
import type { Encoding, ServedRuleset } from './ruleset-server.ts'
import { matchingEtag } from './serve-ruleset.ts'
import { connectedSince, readStanding } from './standing.service.ts'

/** `getConnections` lists at most this many instances; its counts are of all. */
const LISTED_INSTANCES = 500
const MAX_VERSION = 2_147_483_647

/** What server-side SDKs call. Rulesets hold rules and cohort members, so only server keys may read them. */
export function registerRulesetSdkRoutes(app: express.IRouter, { rulesets }: Pick<Deps, 'rulesets'>): void {
  const serverKey = requireKey(['server'])

  app.get('/sdk/v1/ruleset', serverKey, async (req, res) => {
    const ruleset = currentFor(rulesets, req)
    res.set({ 'Cache-Control': 'no-cache', Vary: 'Accept-Encoding', 'X-Assay-Version': ruleset.id, 'X-Ruleset-Source': ruleset.source })
    const matched = matchingEtag(req.get('if-none-match'), ruleset)
    if (matched !== null) {
      res.set('ETag', matched).status(304).end()
      return
    }
    const encoding = encodingFor(req)
    const bytes = await ruleset.bytes(encoding)
    if (encoding !== 'identity') res.set('Content-Encoding', encoding)
    res.set({ ETag: ruleset.etag(encoding), 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': String(bytes.length) })
    res.end(bytes)
  })

  app.get('/sdk/v1/stream', serverKey, async (req, res) => {
    if (rulesets.draining()) {
      res.set('Retry-After', String(1 + Math.floor(Math.random() * 5)))
      throw new AppError('shutting_down', 'This instance is stopping: connect again, to another one.')
    }
    currentFor(rulesets, req)
    beginEventStream(res, { 'Cache-Control': 'no-cache, no-transform' })
    rulesets.stream(req.sdkKey.environmentId, req.get('last-event-id'), res)
    endWithKey(req, res)
  })

  app.post('/sdk/v1/seen', serverKey, async (req, res) => {
    const parsed = seenBody.safeParse(req.body)
    const issues = parsed.success ? [] : issuesOf(parsed.error.issues)
    if (parsed.success && (parsed.data.version < 0 || parsed.data.version > MAX_VERSION)) issues.push({ path: 'version', message: 'A version is a whole number from 0.' })
    if (!parsed.success || issues.length > 0) throw invalidRequest(issues)
    noteSdk(req, parsed.data.sdk)
    rulesets.seen(req.sdkKey.environmentId, parsed.data)
    res.status(204).end()
  })
}

export function registerRulesetRoutes(on: Registrar, deps: Deps): void {
  const store = createInstancesStore(deps.db)

  on(routes.getConnections, async ({ project, params }) => {
    const { id: environmentId } = await createEnvironmentsStore(deps.db).get(project.id, params.environment)
    const found = await readStanding(deps, environmentId)
    if (!found) throw new AppError('not_found', `There is no environment ${params.environment}.`)
    const instances = await store.seenSince(environmentId, connectedSince(deps.now()))
    return {
      ...found.standing,
      instances: instances.slice(0, LISTED_INSTANCES).map((instance) => ({
        instanceId: instance.instanceId, sdk: instance.sdk, epoch: instance.epoch, version: instance.version, appliedAt: instance.appliedAt.toISOString(), seenAt: instance.seenAt.toISOString(),
      })),
    }
  })
}

function currentFor(rulesets: Deps['rulesets'], req: express.Request): ServedRuleset {
  const ruleset = rulesets.current(req.sdkKey.environmentId)
  if (ruleset) return ruleset
  if (!rulesets.ready()) throw new AppError('storage_unavailable', 'No ruleset is loaded yet: the database is away.')
  throw new AppError('not_found', `The environment ${req.sdkKey.environmentKey} has no ruleset.`)
}

/** Brotli before gzip wherever the client takes both alike: it is the smaller one. */
function encodingFor(req: express.Request): Encoding {
  if (req.acceptsEncodings('br') === 'br') return 'br'
  return req.acceptsEncodings('gzip') === 'gzip' ? 'gzip' : 'identity'
}
