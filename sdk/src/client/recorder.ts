import { exposures, type CompiledRuleset, type Context, type Evaluation, type Exposure, type ExposureIdentity } from '../core/index.ts'
import { attributesOf } from '../core/context-attributes.ts'
import type { Instant, OutsideExposure, TrackOptions } from './client-api.ts'
import type { Clock } from './clock.ts'
import { createEvaluationCounts } from './evaluation-counts.ts'
import { LONGEST_ITEM } from './event-queue.ts'
import type { HeldRuleset } from './held-ruleset.ts'
import type { Settings } from './options.ts'
import { publicAttributes } from './public-attributes.ts'
import { createRecentlyExposed } from './recently-exposed.ts'
import { createSampledContexts } from './sampled-contexts.ts'
import { splitsIn } from './splits-in.ts'
import { textOf } from './text-of.ts'
import { trackedUnits } from './tracked-units.ts'
import { uuidv7 } from './uuid.ts'

/** Characters of a unit that the server takes. */
const LONGEST_UNIT = 500
/** Leaves room for the rest of the item. */
const LONGEST_SAMPLE = LONGEST_ITEM - 200

interface SampledContext {
  units: Record<string, string>
  attributes: { readonly [name: string]: unknown }
}

/**
 * Makes items of what happens and hands them to `add`, which answers whether an item was kept. Whatever fails is written to
 * the log: recording never throws, and never changes what an evaluation gives.
 */
export function createRecorder(settings: Settings, clock: Clock, held: HeldRuleset, add: (item: object) => boolean) {
  const { warn } = settings
  const recent = createRecentlyExposed(clock.now)
  const evaluated = createEvaluationCounts()
  const sampled = createSampledContexts(settings.random, describeContext)
  const isPublic = publicAttributes(settings.privateAttributes)

  /** Fixed when an item is queued: every retry sends the same. An unusable time is replaced by now. */
  function stamp(at?: Instant): { id: string; at: string } {
    const now = clock.now()
    const time = at === undefined ? now : new Date(at).getTime()
    if (Number.isNaN(time)) warn(`${textOf(at)} is not a time: the item counts as of now.`)
    return { id: uuidv7(clock.system()), at: new Date(Number.isNaN(time) ? now : time).toISOString() }
  }

  /** Counts an evaluation, may sample its context, and queues what it exposes. */
  function note(compiled: CompiledRuleset, evaluation: Evaluation, context: Context): void {
    if (settings.sampleContexts) sampled.note(context)
    if (evaluation.errorCode !== 'FLAG_NOT_FOUND') evaluated.add(evaluation.flagKey, evaluation.variant ?? '')
    // A flag of another type was not evaluated at all.
    if (evaluation.errorCode === 'TYPE_MISMATCH') return
    for (const exposure of exposures(compiled, evaluation, context, isExposable)) addExposure(exposure)
  }

  function isExposable(exposure: ExposureIdentity): boolean {
    return exposure.unit.length <= LONGEST_UNIT && recent.isNew(exposure)
  }

  function addExposure(exposure: Exposure): void {
    if (!add({ kind: 'exposure', ...stamp(), ...exposure, attributes: isPublic(exposure.attributes) })) recent.forget(exposure)
  }

  function expose({ experiment, unit: given, variant, phase, unitType = 'user', at, attributes }: OutsideExposure): void {
    const unit = unitFrom(given)
    if (unit === undefined) {
      warn(`An exposure of ${experiment} was not recorded: its unit is no text or number of at most ${LONGEST_UNIT} characters.`)
      return
    }
    const identity = { experiment, phase: phase ?? phaseOf(experiment), unitType, unit, variant }
    // With a time of its own it may be an earlier exposure than the one already recorded.
    if (at === undefined && !recent.isNew(identity)) return
    const known = attributes === undefined ? {} : { attributes: isPublic(attributes) }
    if (!add({ kind: 'exposure', ...stamp(at), ...identity, ...known })) recent.forget(identity)
  }

  function phaseOf(experiment: string): number {
    const compiled = held.current()
    const phases = compiled ? splitsIn(compiled).flatMap((split) => (split.experiment === experiment ? [split.phase ?? 1] : [])) : []
    return Math.max(1, ...phases)
  }

  function track(event: string, context: Context, { value, at, properties }: TrackOptions = {}): void {
    const units = trackedUnits(held.current(), settings.unitTypes, context, LONGEST_UNIT)
    if (Object.keys(units).length === 0) {
      warn(`The event ${textOf(event)} was not recorded: its context has no unit, such as targetingKey.`)
      return
    }
    if (value !== undefined && !Number.isFinite(value)) warn(`The value of the event ${textOf(event)} is not a number: it is left out.`)
    const number = Number.isFinite(value) ? { value } : {}
    add({ kind: 'event', ...stamp(at), name: event, units, ...number, ...(properties === undefined ? {} : { properties }) })
  }

  function identify(anonymousId: string, userId: string, { at }: { at?: Instant } = {}): void {
    const [anonymous, user] = [unitFrom(anonymousId), unitFrom(userId)]
    if (anonymous === undefined || user === undefined) {
      warn('A link was not recorded: one of its two ids is empty or no text.')
      return
    }
    add({ kind: 'link', ...stamp(at), anonymousId: anonymous, userId: user })
  }

  function describeContext(context: Context): SampledContext | undefined {
    const units = trackedUnits(held.current(), settings.unitTypes, context, LONGEST_UNIT)
    return Object.keys(units).length === 0 ? undefined : { units, attributes: isPublic(attributesOf(context)) }
  }

  /** Counts and samples since the last time. Counts that find no place are kept for the next time. */
  function addSummaries(): void {
    for (const { flag, variant, count } of evaluated.take()) {
      if (!add({ kind: 'evaluations', ...stamp(), flag, variant, count })) evaluated.add(flag, variant, count)
    }
    const distinct = new Map(sampled.take().map((sample) => [JSON.stringify(sample.units), sample]))
    for (const sample of distinct.values()) {
      // A sample that is too long is no loss.
      if (JSON.stringify(sample).length < LONGEST_SAMPLE) add({ kind: 'context', ...stamp(), ...sample })
    }
  }

  function quietly<A extends unknown[]>(record: (...args: A) => void): (...args: A) => void {
    return (...args) => {
      if (settings.offline) return
      try {
        record(...args)
      } catch (error) {
        warn(`Something could not be recorded: ${textOf(error)}`)
      }
    }
  }

  return { note: quietly(note), expose: quietly(expose), track: quietly(track), identify: quietly(identify), addSummaries: quietly(addSummaries) }
}

function unitFrom(given: unknown): string | undefined {
  const unit = typeof given === 'number' && Number.isFinite(given) ? String(given) : given
  return typeof unit === 'string' && unit !== '' && unit.length <= LONGEST_UNIT ? unit : undefined
}
