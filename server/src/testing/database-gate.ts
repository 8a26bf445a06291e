import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

export interface DatabaseGate {
  /** Reaches the database while the gate is open. */
  url: string
  /** Breaks every connection and lets none through. */
  shut(): void
  open(): void
  close(): Promise<void>
}

/** A TCP gate in front of PostgreSQL that can be shut and opened again. */
export async function openDatabaseGate(databaseUrl: string): Promise<DatabaseGate> {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  let shut = false
  const gate: Server = createServer((client) => {
    if (shut) {
      client.destroy()
      return
    }
    const upstream = connect(Number(target.port), target.hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.pipe(upstream).pipe(client)
  })
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve))
  const url = new URL(databaseUrl)
  url.port = String((gate.address() as AddressInfo).port)
  return {
    url: url.href,
    shut() {
      shut = true
      for (const socket of sockets) socket.destroy()
    },
    open() { shut = false },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        gate.close(() => { resolve() })
      }),
  }
}
