import type { Connections } from '@assay/server/contract'

export interface ConnectedSdk {
  sdk: string
  connected: number
  /** Connections that have not applied the newest rules. */
  behind: number
  /** When any of them was heard last. */
  seenAt: string
}

/** Connections by SDK and version, most first. */
export function sdksOf({ instances, epoch, version }: Connections): ConnectedSdk[] {
  const sdks = [...new Set(instances.map(({ sdk }) => sdk))].map((sdk) => {
    const all = instances.filter((instance) => instance.sdk === sdk)
    return {
      sdk,
      connected: all.length,
      behind: all.filter((instance) => instance.epoch !== epoch || instance.version < version).length,
      seenAt: all.reduce((newest, { seenAt }) => (seenAt > newest ? seenAt : newest), ''),
    }
  })
  return sdks.toSorted((a, b) => b.connected - a.connected)
}
