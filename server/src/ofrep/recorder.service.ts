import { exposures, type CompiledRuleset, type Context, type Evaluation, type ExposureIdentity } from '@assay/sdk/core'
import type { Base } from '../base.ts'
import type { IngestItem } from '../contract/sdk-wire.ts'
import { AppError } from '../http/app-error.ts'
import { MAX_ITEMS } from '../ingest/accept-batch.ts'
import type { Ingest } from '../ingest/ingest.service.ts'
import { storableAttributes } from '../ingest/item-shape.ts'
import { uuidv7 } from '../platform/uuidv7.ts'
import type { SdkKeyScope } from '../projects/keys.service.ts'
import { createRecentExposures } from './recent-exposures.ts'

/** What single evaluations prove, recorded on the caller's behalf. */
export interface Recorder {
  /** Counts an evaluation and, where wanted, queues what it exposes. Never throws, never waits: whoever evaluates does not pay for a store that is away. */
  note(scope: SdkKeyScope, compiled: CompiledRuleset, evaluation: Evaluation, context: Context, wanted: { exposures: boolean }): void
  /** Sends what waits, as far as it can be stored now. */
  close(): Promise<void>
}

interface Waiting {
  scope: SdkKeyScope
  items: IngestItem[]
  /** Evaluations since the last report, by flag and variant. */
  counts: Map<string, Map<string, number>>
}

export interface RecorderLimits {
  /** Items that wait; what exceeds this is dropped and counted. */
  maxWaiting: number
  sendEveryMs: number
  countEveryMs: number
  /** Pause after the ingest refused. */
  retryMs: number
}

const defaultLimits: RecorderLimits = { maxWaiting: 20_000, sendEveryMs: 500, countEveryMs: 60_000, retryMs: 5_000 }
/** Characters of a unit that the ingest takes. */
const LONGEST_UNIT = 500
const MOST_COUNTED = 10_000

/** `hasRoom` says whether the disk may be written to. */
export function createRecorder({ log, now, measures }: Pick<Base, 'log' | 'now' | 'measures'>, ingest: Pick<Ingest, 'submit'>, hasRoom: () => Promise<boolean>, limits: Partial<RecorderLimits> = {}): Recorder {
  const { maxWaiting, sendEveryMs, countEveryMs, retryMs } = { ...defaultLimits, ...limits }
  const recent = createRecentExposures(() => now().getTime())
  const environments = new Map<string, Waiting>()
  const dropped = measures.counter('assay_ofrep_items_dropped_total', 'Exposures and evaluation counts of OFREP that could not be recorded, by cause.')
  let waiting = 0
  let counted = 0
  let sendTimer: NodeJS.Timeout | undefined
  let countTimer: NodeJS.Timeout | undefined
  let sending: Promise<void> | undefined
  let closed = false

  function waitingOf(scope: SdkKeyScope): Waiting {
    const known = environments.get(scope.environmentId) ?? { scope, items: [], counts: new Map() }
    environments.set(scope.environmentId, known)
    return known
  }

  function add(to: Waiting, item: IngestItem): boolean {
    if (waiting >= maxWaiting) {
      dropped.add({ cause: 'queue_full' })
      return false
    }
    to.items.push(item)
    waiting += 1
    schedule(sendEveryMs)
    return true
  }

  function schedule(ms: number): void {
    if (sendTimer !== undefined || sending !== undefined || closed) return
    sendTimer = setTimeout(() => { void send() }, ms)
    sendTimer.unref()
  }

  function stamp(): { id: string; at: string } {
    const at = now()
    return { id: uuidv7(at), at: at.toISOString() }
  }

  function count(to: Waiting, flag: string, variant: string): void {
    const byVariant = to.counts.get(flag) ?? new Map<string, number>()
    const before = byVariant.get(variant)
    if (before === undefined && ++counted > MOST_COUNTED) return
    to.counts.set(flag, byVariant.set(variant, (before ?? 0) + 1))
    if (countTimer !== undefined || closed) return
    countTimer = setTimeout(report, countEveryMs)
    countTimer.unref()
  }

  function report(): void {
    clearTimeout(countTimer)
    countTimer = undefined
    counted = 0
    for (const each of environments.values()) {
      const counts = each.counts
      each.counts = new Map()
      for (const [flag, byVariant] of counts) for (const [variant, times] of byVariant) add(each, { kind: 'evaluations', ...stamp(), flag, variant, count: times })
    }
  }

  function send(): Promise<void> {
    clearTimeout(sendTimer)
    sendTimer = undefined
    sending ??= sendAll().catch((error: unknown) => {
      log.error({ err: error }, 'exposures of OFREP could not be sent')
      return false
    }).then((all) => {
      sending = undefined
      if (waiting > 0) schedule(all ? sendEveryMs : retryMs)
    })
    return sending
  }

  /** False where something stays because it cannot be stored now. */
  async function sendAll(): Promise<boolean> {
    if (!(await hasRoom())) return false
    for (const each of environments.values()) {
      while (each.items.length > 0) {
        const batch = each.items.slice(0, MAX_ITEMS)
        if (!(await stored(each.scope, batch))) return false
        each.items.splice(0, batch.length)
        waiting -= batch.length
      }
    }
    return true
  }

  /** False where the batch stays and is sent again, with the same ids. */
  async function stored({ projectId, environmentId }: SdkKeyScope, batch: readonly IngestItem[]): Promise<boolean> {
    try {
      const { rejected } = await ingest.submit({ projectId, environmentId, keyKind: 'server' }, {}, batch)
      if (rejected.length > 0) {
        log.warn({ rejected: rejected.slice(0, 5), count: rejected.length }, 'the ingest rejected what OFREP recorded')
        dropped.add({ cause: 'rejected' }, rejected.length)
      }
    } catch (error) {
      if (error instanceof AppError && error.code === 'storage_unavailable') return false
      log.error({ err: error, items: batch.length }, 'exposures of OFREP cannot be stored')
      dropped.add({ cause: 'failed' }, batch.length)
    }
    return true
  }

  return {
    note(scope, compiled, evaluation, context, wanted) {
      const to = waitingOf(scope)
      const { flagKey, errorCode, variant = '' } = evaluation
      if (errorCode === 'FLAG_NOT_FOUND') return
      count(to, flagKey, variant)
      if (!wanted.exposures) return
      const isNew = (exposure: ExposureIdentity) => exposure.unit.length <= LONGEST_UNIT && recent.isNew(scope.environmentId, exposure)
      for (const exposure of exposures(compiled, evaluation, context, isNew)) {
        if (!add(to, { kind: 'exposure', ...stamp(), ...exposure, attributes: storableAttributes(exposure.attributes) })) recent.forget(scope.environmentId, exposure)
      }
    },
    async close() {
      closed = true
      await sending
      report()
      await send()
      clearTimeout(sendTimer)
      if (waiting === 0) return
      log.warn({ items: waiting }, 'exposures of OFREP are lost: the stores are away')
      dropped.add({ cause: 'closed' }, waiting)
    },
  }
}
