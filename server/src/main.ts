import { setTimeout as wait } from 'node:timers/promises'
import pino from 'pino'
import { createApp } from './app.ts'
import { ConfigError, readConfig } from './config.ts'
import { createDeps } from './create-deps.ts'
import { serve } from './http/serve.ts'
import { jobs } from './jobs/jobs.ts'
import { startScheduler } from './jobs/scheduler.ts'
import { DataDirInUse } from './platform/data-dir-lock.ts'
import { isDatabaseAway } from './platform/is-database-away.ts'

/** What a stop may take beyond the drain: flushing events and closing both stores. */
const CLOSE_SECONDS = 15

// Lines for people go to stdout, the log to stderr.
function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function main(): Promise<void> {
  const config = readConfig()
  const log = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true }))

  // A promise nobody awaited left the process in a state nobody thought of: end, and let the supervisor start anew.
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'Assay ends because of an unexpected error')
    process.exit(1)
  })

  // Whoever started it may have gone: nobody reads what is said, and it goes on serving.
  process.stdout.on('error', (error) => { log.warn({ err: error }, 'Nobody reads what Assay says') })

  const { deps, close } = await createDeps(config, log)
  const scheduler = startScheduler(jobs(deps), deps)
  const server = await serve(createApp(deps), deps).catch(async (error: unknown) => {
    await scheduler.stop()
    await close()
    throw error
  })

  let stoppingSince: number | null = null
  const stop = async (signal: string) => {
    // npm passes on a Ctrl-C that the terminal has sent to us as well: only a later one means "at once".
    if (stoppingSince !== null && Date.now() - stoppingSince > 1000) process.exit(1)
    if (stoppingSince !== null) return
    stoppingSince = Date.now()
    say(`Assay is stopping (${signal}).`)
    void wait((config.drainSeconds + CLOSE_SECONDS) * 1000, undefined, { ref: false }).then(() => {
      log.fatal('The stop took too long')
      process.exit(1)
    })
    await server.stop()
    await scheduler.stop()
    await close()
    say('Assay has stopped.')
    process.exit(0)
  }
  process.on('SIGTERM', (signal) => void stop(signal))
  process.on('SIGINT', (signal) => void stop(signal))

  const token = await deps.setup.issueToken().catch((error: unknown) => {
    if (isDatabaseAway(error)) return undefined
    throw error
  })
  say(`Assay is ready at ${server.url}`)
  if (token === undefined) say('The database does not answer: the last good rulesets are served, and nothing can be changed until it is back.')
  else say(token === null ? `Sign in at ${server.url}` : `Create the first user: ${server.url}/setup?token=${token}`)
}

main().catch((error: unknown) => {
  const expected = error instanceof ConfigError || error instanceof DataDirInUse ? error.message : portMessage(error)
  process.stderr.write(`${expected ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`)
  process.exit(1)
})

function portMessage(error: unknown): string | null {
  const { code, port } = error as { code?: unknown; port?: unknown }
  if (code === 'EADDRINUSE') return `Port ${String(port)} is taken. Set PORT to another one, or to 0 for any free one.`
  return code === 'EACCES' && port !== undefined ? `Port ${String(port)} needs more rights. Set PORT to one above 1023.` : null
}
