import type { Context } from '@assay/sdk/core'
import { compareIdentity } from '@assay/sdk/core'
import { sameHash } from '../accounts/secret.ts'
import type { Base } from '../base.ts'
import { AppError } from '../http/app-error.ts'
import type { StreamTarget } from '../http/event-streams.ts'
import type { Ingest } from '../ingest/ingest.service.ts'
import { createDiskSpace } from '../platform/disk-space.ts'
import type { SdkKeyIndex, SdkKeyScope } from '../projects/keys.service.ts'
import type { RulesetServer, ServedRuleset } from '../rulesets/ruleset-server.ts'
import { createRulesetStreams } from '../rulesets/ruleset-streams.ts'
import { etagOf, matchesEtag } from './body-etag.ts'
import { createFlagEvaluator, type FlagAnswer, type FlagEvaluator } from './evaluate-flags.ts'
import { createRecorder } from './recorder.service.ts'
import { readToken, signedText, streamToken } from './stream-token.ts'

export interface BulkRequest {
  context: Context
  ifNoneMatch?: string | undefined
  /** Of the notice that made the client ask: `epoch:version`. */
  flagConfigEtag?: string | undefined
  flagConfigLastModified?: string | undefined
  /** Without `metadata` and `eventStreams`, for clients that refuse members they do not know. */
  bare: boolean
}

export interface BulkAnswer {
  status: 200 | 304
  etag: string
  /** Empty for a 304. */
  text: string
  /** `epoch:version` of the ruleset that decided. */
  version: string
}

/** The OpenFeature Remote Evaluation Protocol: flags decided here, for clients in any language. */
export interface Ofrep {
  bulk(scope: SdkKeyScope, request: BulkRequest): Promise<BulkAnswer>
  /** Records the exposure of a server key's evaluation unless the caller does it. */
  single(scope: SdkKeyScope, key: string, context: Context, wanted: { exposure: boolean }): FlagAnswer & { version: string }
  /** The key behind a token of `eventStreams`; null for one that is invalid, expired, or of a revoked key. */
  ticketHolder(token: string): Promise<SdkKeyScope | null>
  /** Says that values are to be fetched again, unless the client names the present version as its last, and after every change. */
  stream(scope: SdkKeyScope, lastEventId: string | undefined, target: StreamTarget): void
  /** `epoch:version`. */
  version(scope: SdkKeyScope): string
  /** Ends every stream. */
  stop(): void
  close(): Promise<void>
}

const HEARTBEAT_MS = 15_000
const STALLED_MS = 60_000
/** Clients count a stream that ends as lost contact, so streams are not renewed by age. */
const MAX_AGE_MS = 365 * 24 * 3_600_000
/** A page hidden for this long closes its stream, and asks again when it is looked at. */
const INACTIVITY_SECONDS = 120

type Needs = Pick<Base, 'config' | 'log' | 'measures' | 'now'> & { rulesets: RulesetServer; keys: SdkKeyIndex; ingest: Pick<Ingest, 'submit'> }

export function createOfrep({ config, rulesets, keys, ingest, ...base }: Needs): Ofrep {
  const embedded = config.databaseUrl === null || config.clickhouseUrl === null
  const disk = createDiskSpace(config.dataDir)
  const recorder = createRecorder(base, ingest, async () => !embedded || disk.hasRoom())
  const streams = createRulesetStreams(() => performance.now(), Math.random, { stalledMs: STALLED_MS, maxAgeMs: MAX_AGE_MS })
  const evaluators = new WeakMap<ServedRuleset, FlagEvaluator>()
  const followed = new Map<string, () => void>()
  const heartbeat = setInterval(() => { streams.heartbeat() }, HEARTBEAT_MS)
  heartbeat.unref()
  base.measures.gauge('assay_ofrep_streams', 'Open OFREP streams.', streams.count)

  function currentFor({ environmentId, environmentKey }: SdkKeyScope): ServedRuleset {
    const current = rulesets.current(environmentId)
    if (!current) throw new AppError('storage_unavailable', `The environment ${environmentKey} has no ruleset yet.`)
    return current
  }

  function evaluatorOf(served: ServedRuleset): FlagEvaluator {
    const known = evaluators.get(served) ?? createFlagEvaluator(served.ruleset())
    evaluators.set(served, known)
    return known
  }

  /** Whether the notice that made a client ask spoke of another ruleset than is held. Where it is newer, the database is asked first. */
  async function isNews(scope: SdkKeyScope, { flagConfigEtag, flagConfigLastModified }: BulkRequest): Promise<boolean> {
    if (flagConfigEtag === undefined) {
      if (flagConfigLastModified !== undefined) await rulesets.refresh()
      return false
    }
    const held = currentFor(scope)
    if (flagConfigEtag === held.id) return false
    if (isNewer(flagConfigEtag, held)) await rulesets.refresh()
    return true
  }

  function eventStreams(keyId: string): object[] {
    const token = streamToken(keyId, base.now().getTime(), keys.sign)
    if (token === null) return []
    const path = `/ofrep/v1/sse?token=${token}`
    const at = config.publicUrl === null ? { endpoint: { requestUri: path } } : { url: config.publicUrl + path }
    return [{ type: 'sse', ...at, inactivityDelaySec: INACTIVITY_SECONDS }]
  }

  function noticeOf({ environmentId, id }: ServedRuleset) {
    const text = Buffer.from(`id: ${id}\nevent: message\ndata: {"type":"refetchEvaluation","etag":${JSON.stringify(id)}}\n\n`)
    return { environmentId, frame: () => text }
  }

  return {
    async bulk(scope, request) {
      const news = await isNews(scope, request)
      const served = currentFor(scope)
      const evaluator = evaluatorOf(served)
      const flags = `"flags":[${evaluator.all(request.context, scope.kind).join(',')}]`
      const more = request.bare || !scope.ofrepExtras ? '' : `,"metadata":${JSON.stringify({ flagSetId: evaluator.flagSetId })},"eventStreams":${JSON.stringify(eventStreams(scope.id))}`
      const text = `{${flags}${more}}`
      const etag = etagOf(text)
      const unchanged = !news && matchesEtag(request.ifNoneMatch, etag)
      return { status: unchanged ? 304 : 200, etag, text: unchanged ? '' : text, version: served.id }
    },
    single(scope, key, context, wanted) {
      const served = currentFor(scope)
      const evaluator = evaluatorOf(served)
      const answer = evaluator.one(key, context, scope.kind)
      recorder.note(scope, evaluator.compiled, answer.evaluation, context, { exposures: wanted.exposure && scope.kind === 'server' })
      return { ...answer, version: served.id }
    },
    async ticketHolder(token) {
      const ticket = readToken(token)
      if (!ticket || ticket.expires * 1000 <= base.now().getTime()) return null
      const scope = await keys.find(ticket.keyId)
      const expected = keys.sign(ticket.keyId, signedText(ticket))
      return expected !== null && sameHash(expected, ticket.signature) ? scope : null
    },
    stream({ environmentId }, lastEventId, target) {
      if (!followed.has(environmentId)) followed.set(environmentId, rulesets.subscribe(environmentId, (served) => { streams.broadcast(noticeOf(served)) }))
      const current = rulesets.current(environmentId)
      streams.open(environmentId, current === null || current.id === lastEventId ? null : noticeOf(current), target)
    },
    version: (scope) => currentFor(scope).id,
    stop: () => { streams.endAll() },
    async close() {
      streams.endAll()
      clearInterval(heartbeat)
      for (const unfollow of followed.values()) unfollow()
      await recorder.close()
    },
  }
}

function isNewer(flagConfigEtag: string, held: ServedRuleset): boolean {
  const [, epoch = '', version = ''] = /^([\w-]{1,100}):(\d{1,10})$/.exec(flagConfigEtag) ?? []
  return epoch !== '' && compareIdentity({ epoch, version: Number(version) }, held) > 0
}
