import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { openPromise } from 'yauzl'

/** Unpacks a bundle into a folder. It has no folders of its own: a name of any other kind is refused, so that nothing is written elsewhere. */
export async function unpackBundle(path: string, directory: string): Promise<void> {
  const zip = await openPromise(path).catch((error: unknown) => { throw new Error(`${path} is not a zip that can be read.`, { cause: error }) })
  for await (const entry of zip.eachEntry()) {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(entry.fileName)) throw new Error(`${path} holds ${entry.fileName}, which no result bundle does.`)
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(join(directory, entry.fileName), { flags: 'wx' }))
  }
}
