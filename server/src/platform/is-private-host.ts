import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { isPublicAddress } from './public-address.ts'

/** Whether a host of a URL is, or stands for, an address that is not of the public internet. A name that nobody knows is not: sending finds out. */
export async function isPrivateHost(hostname: string): Promise<boolean> {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0) return !isPublicAddress(host)
  try {
    return (await lookup(host, { all: true })).some(({ address }) => !isPublicAddress(address))
  } catch {
    return false
  }
}
