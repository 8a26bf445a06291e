import * as z from 'zod/mini'
import { flagKey, instant, slug, typedInstant } from './fields.ts'
import { defineRoutes } from './route.ts'

/** Half of all values lie between `lower` and `upper`. */
const spread = z.object({ median: z.number(), lower: z.number(), upper: z.number() })
export type Spread = z.infer<typeof spread>

/** An entry of the audit log, and who wrote it. */
const at = { /** The entry of the audit log. */ entry: z.int(), at: instant, by: z.string() }
const place = { flag: flagKey, environment: slug }

const rollback = z.object({
  ...place, ...at,
  /** Turned off, or put back to what the flag did before. */
  how: z.enum(['turned_off', 'put_back']),
  /** The change that it took back. */
  of: z.object(at),
  /** From that change to the rollback. */
  ms: z.number(),
})
export type Rollback = z.infer<typeof rollback>

const fullExposure = z.object({ ...place, ...at, /** First exposure. */ from: instant, ms: z.number() })
export type FullExposure = z.infer<typeof fullExposure>

const count = z.object({ changes: z.int(), rollbacks: z.int() })

/** What happened to flags in production, from the audit log alone. Times are in milliseconds. */
export const delivery = z.object({
  from: instant,
  to: instant,
  /** The time zone of days and hours. */
  zone: z.string(),
  /** What counted: the environments marked as production, or the one that was asked for. */
  environments: z.array(slug),
  /** False while entries of long ago are still being read: the numbers may grow. */
  complete: z.boolean(),
  /** The first change there ever was, in the period or before it. */
  firstChangeAt: z.nullable(instant),
  changes: z.object({
    total: z.int(),
    /** In the period of the same length before. */
    previous: z.int(),
    /** Those that left the flag on and are not rollbacks, and how many of them were taken back. */
    live: z.int(),
    takenBack: z.int(),
    /** Days and hours in which nothing changed are left out. */
    days: z.array(z.extend(count, { day: z.iso.date() })),
    hours: z.array(z.extend(count, { /** 1 is Monday. */ weekday: z.int(), hour: z.int() })),
  }),
  /** Newest first, at most 500 of them; `total` and the spread are of all. */
  rollbacks: z.object({ total: z.int(), turnedOff: z.int(), restoreMs: z.nullable(spread), list: z.array(rollback) }),
  /** Flags that reached everybody; the spread is of those that did so in more than one step. */
  fullExposure: z.object({ total: z.int(), atOnce: z.int(), ms: z.nullable(spread), list: z.array(fullExposure) }),
  /** Flags turned off with the one click that waits for nothing. */
  turnedOff: z.int(),
})
export type Delivery = z.infer<typeof delivery>

export const deliveryRoutes = defineRoutes({
  getDelivery: {
    method: 'GET', path: '/api/v1/projects/:project/delivery', summary: 'Changes of flags in production, rollbacks, and how fast everybody was reached', access: 'project.read',
    /** The last 90 days in UTC, in every environment marked as production, unless told. */
    query: z.strictObject({
      from: z.exactOptional(typedInstant), to: z.exactOptional(typedInstant), environment: z.exactOptional(slug),
      zone: z.exactOptional(z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_+/-]{0,99}$/, 'Give a time zone such as Europe/Berlin.'))),
    }),
    response: delivery,
  },
})
