import { statfs } from 'node:fs/promises'

/** Below this the embedded stores are not written to: PGlite hangs on a full disk and does not open again until there is room. */
export const MIN_FREE_BYTES = 256 * 1024 * 1024

const RECHECK_MS = 1_000

/** Tells whether the disk of a directory still has room to write, looking at most once a second. */
export function createDiskSpace(directory: string, freeBytes: (directory: string) => Promise<number> = readFreeBytes, now: () => number = () => performance.now()) {
  let checkedAt = -Infinity
  let room = true
  return {
    async hasRoom(): Promise<boolean> {
      if (now() - checkedAt < RECHECK_MS) return room
      checkedAt = now()
      room = (await freeBytes(directory)) >= MIN_FREE_BYTES
      return room
    },
  }
}

export type DiskSpace = ReturnType<typeof createDiskSpace>

async function readFreeBytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory)
  return bavail * bsize
}
