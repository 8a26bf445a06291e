import type { FullExposure, Rollback, Spread } from '../contract/delivery.ts'
import { isDatabaseAway } from '../platform/is-database-away.ts'
import { Prisma, type Database } from '../platform/postgres.ts'
import type { HourCount } from './sum-hours.ts'

export interface DeliveryPeriod {
  projectId: string
  /** At least one. */
  environments: readonly string[]
  from: Date
  to: Date
  zone: string
}

interface Spreads {
  /** Of rollbacks, from the change to the rollback. */
  restore: Spread | null
  /** Of flags that reached everybody in more than one step. */
  exposure: Spread | null
}

type SpreadsRow = Record<'restoreMedian' | 'restoreLower' | 'restoreUpper' | 'exposureMedian' | 'exposureLower' | 'exposureUpper', number | null>

interface RollbackRow {
  flag: string
  environment: string
  entry: number
  at: Date
  by: string
  how: 'turned_off' | 'put_back'
  ofEntry: number
  ofAt: Date
  ofBy: string
}

interface ExposureRow {
  flag: string
  environment: string
  entry: number
  at: Date
  by: string
  from: Date
}

/** How many points of a kind a period gives: more are no reading for anybody. */
const MOST = 500

/** Counts over flag steps: everything is summed up where it lies. */
export function createDeliveryStore(db: Database) {
  const within = ({ projectId, environments, from, to }: DeliveryPeriod) =>
    Prisma.sql`s."projectId" = ${projectId}::uuid AND s."environment" IN (${Prisma.join([...environments])}) AND s."at" >= ${from.toISOString()}::timestamptz AND s."at" < ${to.toISOString()}::timestamptz`

  return {
    /** The database holds its own list of zones: one that it does not know it refuses. */
    async knowsZone(zone: string): Promise<boolean> {
      try {
        await db.$queryRaw`SELECT (now() AT TIME ZONE ${zone})::text`
        return true
      } catch (error) {
        if (isDatabaseAway(error)) throw error
        return false
      }
    },

    async firstChangeAt({ projectId, environments, to }: DeliveryPeriod): Promise<Date | null> {
      const first = await db.flagStep.findFirst({ where: { projectId, environment: { in: [...environments] }, at: { lt: to } }, orderBy: { at: 'asc' }, select: { at: true } })
      return first?.at ?? null
    },

    async countChanges(period: DeliveryPeriod): Promise<number> {
      const [counted] = await db.$queryRaw<{ changes: number }[]>`SELECT count(*)::int AS "changes" FROM "flag_step" s WHERE ${within(period)}`
      return counted?.changes ?? 0
    },

    /** Hours of the place in which something changed. */
    async hours(period: DeliveryPeriod): Promise<HourCount[]> {
      return db.$queryRaw`
        SELECT to_char("hour", 'YYYY-MM-DD HH24') AS "hour", "changes", "live", "takenBack", "rollbacks", "rolledBackByOff", "turnedOff", "completed", "completedAtOnce" FROM (
          SELECT date_trunc('hour', s."at" AT TIME ZONE ${period.zone}) AS "hour", count(*)::int AS "changes",
            count(*) FILTER (WHERE s."isOn" AND s."rollbackOf" IS NULL)::int AS "live", count(s."takenBackBy")::int AS "takenBack",
            count(s."rollbackOf")::int AS "rollbacks", count(*) FILTER (WHERE s."rollbackHow" = 'turned_off')::int AS "rolledBackByOff",
            count(*) FILTER (WHERE s."action" = 'flag.turned_off')::int AS "turnedOff",
            count(*) FILTER (WHERE s."completes")::int AS "completed", count(*) FILTER (WHERE s."completes" AND s."exposedAt" = s."at")::int AS "completedAtOnce"
          FROM "flag_step" s WHERE ${within(period)} GROUP BY 1
        ) AS counted`
    },

    async spreads(period: DeliveryPeriod): Promise<Spreads> {
      const restored = Prisma.sql`CASE WHEN s."rollbackOf" IS NOT NULL THEN s."at" - o."at" END`
      const exposed = Prisma.sql`CASE WHEN s."completes" AND s."exposedAt" < s."at" THEN s."at" - s."exposedAt" END`
      const [row] = await db.$queryRaw<SpreadsRow[]>`
        SELECT ${quantile(0.5, restored)} AS "restoreMedian", ${quantile(0.25, restored)} AS "restoreLower", ${quantile(0.75, restored)} AS "restoreUpper",
          ${quantile(0.5, exposed)} AS "exposureMedian", ${quantile(0.25, exposed)} AS "exposureLower", ${quantile(0.75, exposed)} AS "exposureUpper"
        FROM "flag_step" s LEFT JOIN "flag_step" o ON o."projectId" = s."projectId" AND o."seq" = s."rollbackOf" WHERE ${within(period)} AND (s."rollbackOf" IS NOT NULL OR s."completes")`
      return { restore: toSpread(row?.restoreMedian, row?.restoreLower, row?.restoreUpper), exposure: toSpread(row?.exposureMedian, row?.exposureLower, row?.exposureUpper) }
    },

    /** Newest first. */
    async rollbacks(period: DeliveryPeriod): Promise<Rollback[]> {
      const rows = await db.$queryRaw<RollbackRow[]>`
        SELECT s."flag", s."environment", s."seq" AS "entry", s."at", s."by", s."rollbackHow" AS "how", o."seq" AS "ofEntry", o."at" AS "ofAt", o."by" AS "ofBy"
        FROM "flag_step" s JOIN "flag_step" o ON o."projectId" = s."projectId" AND o."seq" = s."rollbackOf" WHERE ${within(period)} ORDER BY s."seq" DESC LIMIT ${MOST}`
      return rows.map(({ at, ofEntry, ofAt, ofBy, ...row }) => ({ ...row, at: at.toISOString(), of: { entry: ofEntry, at: ofAt.toISOString(), by: ofBy }, ms: at.getTime() - ofAt.getTime() }))
    },

    /** Newest first. */
    async exposures(period: DeliveryPeriod): Promise<FullExposure[]> {
      const rows = await db.$queryRaw<ExposureRow[]>`SELECT s."flag", s."environment", s."seq" AS "entry", s."at", s."by", s."exposedAt" AS "from" FROM "flag_step" s WHERE ${within(period)} AND s."completes" ORDER BY s."seq" DESC LIMIT ${MOST}`
      return rows.map(({ at, from, ...row }) => ({ ...row, at: at.toISOString(), from: from.toISOString(), ms: at.getTime() - from.getTime() }))
    },
  }
}

/** A quantile of intervals, in milliseconds; an interval that is null is none. */
function quantile(share: number, interval: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`percentile_cont(${share}::float8) WITHIN GROUP (ORDER BY extract(epoch FROM ${interval})::float8 * 1000)`
}

function toSpread(median: number | null | undefined, lower: number | null | undefined, upper: number | null | undefined): Spread | null {
  return median == null || lower == null || upper == null ? null : { median, lower, upper }
}
