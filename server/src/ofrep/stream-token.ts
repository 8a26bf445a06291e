/** Signs a text with what this installation keeps of a key; null for a key that is not live. */
export type Sign = (keyId: string, text: string) => string | null

const WINDOW_MS = 3_600_000

export interface StreamTicket {
  keyId: string
  /** Seconds since 1970. */
  expires: number
}

/**
 * What opens a stream in place of a key, which never stands in a URL. It works for one to two hours and ends with its key.
 * All tokens of an hour are the same, so that they do not change the ETag of every answer they are in.
 */
export function streamToken(keyId: string, now: number, sign: Sign): string | null {
  const expires = (Math.floor(now / WINDOW_MS) + 2) * (WINDOW_MS / 1000)
  const signature = sign(keyId, signedText({ keyId, expires }))
  return signature && `${keyId}.${expires}.${signature}`
}

/** The parts of a token, of which nothing is verified yet; null for a text that is none. */
export function readToken(token: string): (StreamTicket & { signature: string }) | null {
  const [, keyId = '', expires = '', signature = ''] = /^([\w-]{1,64})\.(\d{1,12})\.([\w-]{16,128})$/.exec(token) ?? []
  return signature === '' ? null : { keyId, expires: Number(expires), signature }
}

/** Says what it is for: a signature made for something else opens no stream. */
export function signedText({ keyId, expires }: StreamTicket): string {
  return `ofrep-stream.${keyId}.${expires}`
}
