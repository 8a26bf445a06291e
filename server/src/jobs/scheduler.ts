import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { Database } from '../platform/postgres.ts'
import type { Job } from './job.ts'
import { createLeaseStore } from './lease.store.ts'

export interface Scheduler {
  /** Runs stop being started; resolves once those in progress have ended. */
  stop(): Promise<void>
}

/** A run holds its lease at least this long without renewing it. */
const LEASE_MS = 30_000

/**
 * Runs each job every `everyMs`, on one instance at a time: the one that holds the job's lease. A run still in progress
 * skips the next; a run that fails is logged and tried again at the next turn.
 */
export function startScheduler(jobs: readonly Job[], { db, log }: { db: Database; log: Logger }): Scheduler {
  const holder = randomUUID()
  const leases = createLeaseStore(db)
  const stopping = new AbortController()
  const running = new Map<string, Promise<void>>()
  const timers = jobs.map((job) => setInterval(() => { tick(job) }, job.everyMs))

  function tick(job: Job): void {
    if (running.has(job.name) || stopping.signal.aborted) return
    const run = runOnce(job)
      .catch((error: unknown) => { log.error({ err: error, job: job.name }, 'A job failed') })
      .finally(() => running.delete(job.name))
    running.set(job.name, run)
  }

  async function runOnce(job: Job): Promise<void> {
    const leaseMs = Math.max(LEASE_MS, job.everyMs * 2)
    if (!(await leases.take(job.name, holder, leaseMs))) return
    const lost = new AbortController()
    const renewal = setInterval(() => {
      leases.take(job.name, holder, leaseMs).then((held) => { if (!held) lost.abort() }, () => { lost.abort() })
    }, leaseMs / 3)
    try {
      await job.run(AbortSignal.any([stopping.signal, lost.signal]))
    } finally {
      clearInterval(renewal)
    }
  }

  return {
    async stop() {
      stopping.abort()
      for (const timer of timers) clearInterval(timer)
      await Promise.allSettled(running.values())
      await leases.release(holder).catch((error: unknown) => { log.warn({ err: error }, 'The job leases were not released: they expire by themselves') })
    },
  }
}
