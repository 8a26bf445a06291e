import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface LocalServer {
  url: string
  /** Token of the one-time set-up link; null where a first user exists. */
  setupToken: string | null
  /** Resolves with the exit code when the process ends. */
  ended: Promise<number>
  stop(): Promise<void>
}

/**
 * Starts the built Assay as its own process on embedded stores in `dataDir`, and resolves once it answers. Port 0 takes a free one.
 * `detached` keeps the terminal's Ctrl+C from it, so that whoever started it can finish first; it ends with this process all the same.
 */
export async function startLocalServer(program: string, dataDir: string, port: number, { detached = false } = {}): Promise<LocalServer> {
  const child = spawn(process.execPath, [program], {
    detached,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ASSAY_DATA_DIR: dataDir, PORT: String(port), ASSAY_LOG_LEVEL: process.env['ASSAY_LOG_LEVEL'] ?? 'warn', DATABASE_URL: '', CLICKHOUSE_URL: '' },
  })
  process.once('exit', () => child.kill())
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => { resolve(code ?? (signal === 'SIGTERM' ? 0 : 1)) })
  })
  const ready = new Promise<{ url: string; setupToken: string | null }>((resolve) => {
    let url: string | null = null
    createInterface(child.stdout).on('line', (line) => {
      url ??= /Assay is ready at (\S+)/.exec(line)?.[1] ?? null
      const setupToken = /\/setup\?token=(\S+)/.exec(line)?.[1] ?? null
      if (url !== null && setupToken !== null) resolve({ url, setupToken })
      else if (url !== null && /sign in/i.test(line)) resolve({ url, setupToken: null })
    })
  })
  const died = ended.then((code) => { throw new Error(`Assay ended with code ${code} before it was ready.`) })
  return {
    ...(await Promise.race([ready, died])),
    ended,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
