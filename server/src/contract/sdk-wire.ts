import * as z from 'zod/mini'
import { flagKey, instant, json, variantKey } from './fields.ts'

/** Bodies of `/sdk/v1`: what the SDK and any other language's client send. */
const id = z.uuid()
const unitId = z.string().check(z.minLength(1), z.maxLength(500))
const attributes = z.record(z.string().check(z.maxLength(200)), json)

export const exposureItem = z.strictObject({
  kind: z.literal('exposure'),
  id,
  at: instant,
  experiment: z.string().check(z.minLength(1), z.maxLength(200)),
  phase: z.int().check(z.gte(1)),
  unitType: z.string().check(z.minLength(1), z.maxLength(100)),
  unit: unitId,
  variant: variantKey,
  flag: z.exactOptional(flagKey),
  revision: z.exactOptional(z.int()),
  attributes: z.exactOptional(attributes),
})
export type ExposureItem = z.infer<typeof exposureItem>

/** Sums of squares of such values, over as many people as there are, stay far from what a double can hold. */
const LARGEST_VALUE = 1e15
const outOfRange = 'Use a number from -10^15 to 10^15.'
const eventValue = z.number(outOfRange).check(z.gte(-LARGEST_VALUE, outOfRange), z.lte(LARGEST_VALUE, outOfRange))

export const eventItem = z.strictObject({
  kind: z.literal('event'),
  id,
  at: instant,
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  units: z.record(z.string().check(z.minLength(1), z.maxLength(100)), unitId),
  value: z.exactOptional(eventValue),
  properties: z.exactOptional(attributes),
})
export type EventItem = z.infer<typeof eventItem>

export const linkItem = z.strictObject({ kind: z.literal('link'), id, at: instant, anonymousId: unitId, userId: unitId })
export type LinkItem = z.infer<typeof linkItem>

/** How often a flag gave a variant since the last such item; `variant` is empty where the caller's default was served. */
export const evaluationsItem = z.strictObject({ kind: z.literal('evaluations'), id, at: instant, flag: flagKey, variant: z.string().check(z.maxLength(100)), count: z.int().check(z.gte(1)) })
export type EvaluationsItem = z.infer<typeof evaluationsItem>

/** A unit that was evaluated lately, with the attributes that targeting may ask for: feeds "who moves" and cohort sizes. Sampled, never complete. */
export const contextItem = z.strictObject({ kind: z.literal('context'), id, at: instant, units: z.record(z.string().check(z.minLength(1), z.maxLength(100)), unitId), attributes })
export type ContextItem = z.infer<typeof contextItem>

export const ingestItem = z.discriminatedUnion('kind', [exposureItem, eventItem, linkItem, evaluationsItem, contextItem])
export type IngestItem = z.infer<typeof ingestItem>

/** The envelope is checked whole, `items` one by one: a bad item is reported by its index and the rest are kept. */
export const ingestEnvelope = z.strictObject({
  sentAt: instant,
  /** Items the sender had to drop since its last batch, by cause. */
  dropped: z.exactOptional(z.record(z.string(), z.int())),
  /** History from a server key: `at` may lie in the past without a clamp. */
  backfill: z.exactOptional(z.literal(true)),
  /** A client key, from a page that closes: `navigator.sendBeacon` sends no Authorization header, and a key in a URL would end up in logs. */
  key: z.exactOptional(z.string().check(z.maxLength(200))),
  items: z.array(z.unknown()),
})

export const ingestResult = z.object({ accepted: z.int(), rejected: z.array(z.object({ index: z.int(), code: z.string(), message: z.string() })) })
export type IngestResult = z.infer<typeof ingestResult>

export const seenBody = z.strictObject({ instanceId: z.string().check(z.minLength(1), z.maxLength(100)), sdk: z.string().check(z.maxLength(100)), epoch: z.string().check(z.maxLength(100)), version: z.int(), appliedAt: instant, /** Its last word: it ends. */ leaving: z.exactOptional(z.literal(true)) })
export type SeenBody = z.infer<typeof seenBody>
