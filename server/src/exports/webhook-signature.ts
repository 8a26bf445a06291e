import { createHmac } from 'node:crypto'

const PREFIX = 'whsec_'

/** A secret as receivers enter it, of random bytes. */
export function webhookSecret(bytes: Uint8Array): string {
  return `${PREFIX}${Buffer.from(bytes).toString('base64')}`
}

/** Standard Webhooks: `webhook-signature` over id, time and body, taken piece by piece. */
export async function webhookSignature(secret: string, id: string, timestamp: number, body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<string> {
  const hmac = createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64')).update(`${id}.${timestamp}.`)
  for await (const piece of body) hmac.update(piece)
  return `v1,${hmac.digest('base64')}`
}
