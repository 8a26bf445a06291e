import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'

/** Writes a file for this user's eyes only, with fsync and rename: after a crash it is whole, or still the one before. */
export async function writeWholeFile(directory: string, name: string, text: string): Promise<void> {
  await mkdir(directory, { recursive: true })
  const file = join(directory, name)
  const temporary = `${file}.new`
  const handle = await open(temporary, 'w', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(temporary, file)
  const parent = await open(directory, 'r')
  try {
    await parent.sync()
  } finally {
    await parent.close()
  }
}
