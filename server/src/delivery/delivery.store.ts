import type { FullExposure, Rollback, Spread } from '../contract/delivery.ts'
import { isDatabaseAway } from '../platform/is-database-away.ts'
import { Prisma, type Database } from '../platform/postgres.ts'

export interface DeliveryPeriod {
  projectId: string
  /** At least one. */
  environments: readonly string[]
  from: Date
  to: Date
  zone: string
}

export interface CountOfChanges {
  total: number
  live: number
  takenBack: number
  rollbacks: number
  rolledBackByOff: number
  turnedOff: number
}

interface SpreadRow {
  median: number | null
  lower: number | null
  upper: number | null
}

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

    async count(period: DeliveryPeriod): Promise<CountOfChanges> {
      const [counted] = await db.$queryRaw<CountOfChanges[]>`
        SELECT count(*)::int AS "total", count(*) FILTER (WHERE s."isOn" AND s."rollbackOf" IS NULL)::int AS "live", count(s."takenBackBy")::int AS "takenBack",
          count(s."rollbackOf")::int AS "rollbacks", count(*) FILTER (WHERE s."rollbackHow" = 'turned_off')::int AS "rolledBackByOff", count(*) FILTER (WHERE s."action" = 'flag.turned_off')::int AS "turnedOff"
        FROM "flag_step" s WHERE ${within(period)}`
      return counted ?? { total: 0, live: 0, takenBack: 0, rollbacks: 0, rolledBackByOff: 0, turnedOff: 0 }
    },

    async days(period: DeliveryPeriod): Promise<{ day: string; changes: number; rollbacks: number }[]> {
      return db.$queryRaw`
        SELECT to_char(s."at" AT TIME ZONE ${period.zone}, 'YYYY-MM-DD') AS "day", count(*)::int AS "changes", count(s."rollbackOf")::int AS "rollbacks"
        FROM "flag_step" s WHERE ${within(period)} GROUP BY 1 ORDER BY 1`
    },

    async hours(period: DeliveryPeriod): Promise<{ weekday: number; hour: number; changes: number; rollbacks: number }[]> {
      return db.$queryRaw`
        SELECT extract(isodow FROM s."at" AT TIME ZONE ${period.zone})::int AS "weekday", extract(hour FROM s."at" AT TIME ZONE ${period.zone})::int AS "hour", count(*)::int AS "changes", count(s."rollbackOf")::int AS "rollbacks"
        FROM "flag_step" s WHERE ${within(period)} GROUP BY 1, 2 ORDER BY 1, 2`
    },

    async restoreTimes(period: DeliveryPeriod): Promise<Spread | null> {
      const rows = await db.$queryRaw<SpreadRow[]>`
        SELECT ${spreadOf(Prisma.sql`s."at" - o."at"`)}
        FROM "flag_step" s JOIN "flag_step" o ON o."projectId" = s."projectId" AND o."seq" = s."rollbackOf" WHERE ${within(period)}`
      return toSpread(rows)
    },

    /** Newest first. */
    async rollbacks(period: DeliveryPeriod): Promise<Rollback[]> {
      const rows = await db.$queryRaw<RollbackRow[]>`
        SELECT s."flag", s."environment", s."seq" AS "entry", s."at", s."by", s."rollbackHow" AS "how", o."seq" AS "ofEntry", o."at" AS "ofAt", o."by" AS "ofBy"
        FROM "flag_step" s JOIN "flag_step" o ON o."projectId" = s."projectId" AND o."seq" = s."rollbackOf" WHERE ${within(period)} ORDER BY s."seq" DESC LIMIT ${MOST}`
      return rows.map(({ at, ofEntry, ofAt, ofBy, ...row }) => ({ ...row, at: at.toISOString(), of: { entry: ofEntry, at: ofAt.toISOString(), by: ofBy }, ms: at.getTime() - ofAt.getTime() }))
    },

    async exposures(period: DeliveryPeriod): Promise<{ total: number; atOnce: number; ms: Spread | null; list: FullExposure[] }> {
      const reached = Prisma.sql`FROM "flag_step" s WHERE ${within(period)} AND s."completes"`
      const [counted] = await db.$queryRaw<{ total: number; atOnce: number }[]>`SELECT count(*)::int AS "total", count(*) FILTER (WHERE s."exposedAt" = s."at")::int AS "atOnce" ${reached}`
      const spread = await db.$queryRaw<SpreadRow[]>`SELECT ${spreadOf(Prisma.sql`s."at" - s."exposedAt"`)} ${reached} AND s."exposedAt" < s."at"`
      const rows = await db.$queryRaw<ExposureRow[]>`SELECT s."flag", s."environment", s."seq" AS "entry", s."at", s."by", s."exposedAt" AS "from" ${reached} ORDER BY s."seq" DESC LIMIT ${MOST}`
      return {
        total: counted?.total ?? 0,
        atOnce: counted?.atOnce ?? 0,
        ms: toSpread(spread),
        list: rows.map(({ at, from, ...row }) => ({ ...row, at: at.toISOString(), from: from.toISOString(), ms: at.getTime() - from.getTime() })),
      }
    },
  }
}

/** Median and quartiles of intervals, in milliseconds. */
function spreadOf(interval: Prisma.Sql): Prisma.Sql {
  const quantile = (share: number) => Prisma.sql`percentile_cont(${share}::float8) WITHIN GROUP (ORDER BY extract(epoch FROM ${interval})::float8 * 1000)`
  return Prisma.sql`${quantile(0.5)} AS "median", ${quantile(0.25)} AS "lower", ${quantile(0.75)} AS "upper"`
}

function toSpread([row]: readonly SpreadRow[]): Spread | null {
  return row === undefined || row.median === null || row.lower === null || row.upper === null ? null : { median: row.median, lower: row.lower, upper: row.upper }
}
