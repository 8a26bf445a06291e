import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ZipFile } from 'yazl'

/** The files of a folder as a zip, sent as fast as it is read. */
export async function zipOf(directory: string): Promise<NodeJS.ReadableStream> {
  const zip = new ZipFile()
  for (const name of (await readdir(directory)).sort()) zip.addFile(join(directory, name), name, { compress: !/\.(gz|parquet)$/.test(name) })
  zip.end()
  return zip.outputStream
}
