import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, realpath, rename, rm } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Delivered, DeliveryFailure, type OutgoingFile } from './delivery.ts'

/**
 * Writes a file below the root, in the project's own folder. It has another name until it is whole and on disk: whoever
 * watches the folder never meets half a file.
 */
export async function deliverToFolder(root: string, project: string, folder: string, { name, pieces }: OutgoingFile, signal: AbortSignal): Promise<Delivered> {
  const target = await ownFolder(root, project, folder)
  const partial = join(target, `.${name}.${randomUUID()}.partial`)
  const out = createWriteStream(partial, { flags: 'wx', flush: true })
  try {
    await pipeline(Readable.from(pieces, { objectMode: true, highWaterMark: 1 }), out, { signal })
    await rename(partial, join(target, name))
  } catch (error) {
    await rm(partial, { force: true })
    throw asFailure(error)
  }
  return { bytes: out.bytesWritten, location: relative(await realpath(root), join(target, name)) }
}

/** Makes the folder. A link in it that leads out of the root is refused before anything is made behind it. */
async function ownFolder(root: string, project: string, folder: string): Promise<string> {
  try {
    const top = await realpath(root)
    const target = join(top, project, folder)
    await assertWithin(top, await realpath(await nearest(target)))
    await mkdir(target, { recursive: true })
    await assertWithin(top, await realpath(target))
    return target
  } catch (error) {
    throw asFailure(error)
  }
}

async function assertWithin(top: string, path: string): Promise<void> {
  if (path !== top && !path.startsWith(top + sep)) throw new DeliveryFailure('The folder leads out of the folder that exports may go to: somebody has put a link there.', { again: false })
}

/** The nearest folder above that is there. */
async function nearest(path: string): Promise<string> {
  return realpath(path).then(() => path, (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' || dirname(path) === path) throw error
    return nearest(dirname(path))
  })
}

const words: Readonly<Record<string, string>> = {
  ENOENT: 'The folder that exports may go to is not there: the server names it by ASSAY_EXPORT_DIR.',
  EACCES: 'The server may not write to the folder that exports may go to.',
  EROFS: 'The folder that exports may go to cannot be written to.',
  ENOSPC: 'The disk of the folder that exports go to is full.',
  ENOTDIR: 'A part of the folder is a file.',
}

function asFailure(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException
  const message = code === undefined ? undefined : words[code]
  return message === undefined ? error : new DeliveryFailure(message, { cause: error })
}
