import pg from 'pg'

/** Starts listening on a channel; resolves, once notifications arrive, with the function that stops it. `onReconnect` runs after notifications may have been missed. */
export type Listen = (channel: string, handler: (payload: string) => void, onReconnect?: () => void) => Promise<() => Promise<void>>

const RETRY_MS = 1_000

interface Subscription {
  channel: string
  handler: (payload: string) => void
  onReconnect: () => void
}

/**
 * LISTEN on one dedicated connection, opened at the first use and again whenever it breaks. Notifications sent while
 * it is away are lost, as PostgreSQL promises nothing else: `onReconnect` lets the subscriber read what it missed.
 */
export function listenOnPostgres(connectionString: string): { listen: Listen; close(): Promise<void> } {
  const subscriptions = new Set<Subscription>()
  let client: pg.Client | null = null
  let opening: Promise<pg.Client> | null = null
  let retry: NodeJS.Timeout | undefined
  let closed = false

  async function open(): Promise<pg.Client> {
    const next = new pg.Client({ connectionString, keepAlive: true, application_name: 'assay listen' })
    next.on('notification', ({ channel, payload = '' }) => {
      for (const subscription of subscriptions) if (subscription.channel === channel) subscription.handler(payload)
    })
    next.on('error', () => undefined)
    next.once('end', () => { lost(next) })
    await next.connect()
    for (const channel of new Set([...subscriptions].map((subscription) => subscription.channel))) await next.query(`LISTEN ${pg.escapeIdentifier(channel)}`)
    client = next
    return next
  }

  function lost(gone: pg.Client): void {
    if (client !== gone || closed) return
    client = null
    scheduleReopen()
  }

  function scheduleReopen(): void {
    retry = setTimeout(() => {
      connected().then(
        () => { for (const subscription of subscriptions) subscription.onReconnect() },
        () => { if (!closed) scheduleReopen() },
      )
    }, RETRY_MS)
  }

  async function connected(): Promise<pg.Client> {
    if (client) return client
    opening ??= open().finally(() => { opening = null })
    return opening
  }

  return {
    async listen(channel, handler, onReconnect = () => undefined) {
      const subscription = { channel, handler, onReconnect }
      subscriptions.add(subscription)
      try {
        await (await connected()).query(`LISTEN ${pg.escapeIdentifier(channel)}`)
      } catch (error) {
        // The caller tries again: this attempt must not be told twice then.
        subscriptions.delete(subscription)
        throw error
      }
      return async () => {
        subscriptions.delete(subscription)
        const stillUsed = [...subscriptions].some((other) => other.channel === channel)
        if (!stillUsed) await client?.query(`UNLISTEN ${pg.escapeIdentifier(channel)}`)
      }
    },
    async close() {
      closed = true
      clearTimeout(retry)
      subscriptions.clear()
      await client?.end()
    },
  }
}
