import type { Database } from '../platform/postgres.ts'

/** Leases by the database's clock, so that instances need not agree on the time. */
export function createLeaseStore(db: Database) {
  return {
    /** Takes or renews the lease; false while another holder has it. */
    async take(name: string, holder: string, forMs: number): Promise<boolean> {
      const taken = await db.$executeRaw`
        INSERT INTO job_lease (name, holder, fence, "expiresAt")
        VALUES (${name}, ${holder}, 1, clock_timestamp() + ${forMs} * interval '1 millisecond')
        ON CONFLICT (name) DO UPDATE SET
          holder = EXCLUDED.holder,
          fence = CASE WHEN job_lease.holder = EXCLUDED.holder THEN job_lease.fence ELSE job_lease.fence + 1 END,
          "expiresAt" = EXCLUDED."expiresAt"
        WHERE job_lease.holder = EXCLUDED.holder OR job_lease."expiresAt" < clock_timestamp()`
      return taken === 1
    },

    /** Lets another instance take over at once. */
    async release(holder: string): Promise<void> {
      await db.$executeRaw`UPDATE job_lease SET "expiresAt" = clock_timestamp() - interval '1 second' WHERE holder = ${holder}`
    },
  }
}
