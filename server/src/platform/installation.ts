import { uuidv7 } from './uuidv7.ts'
import type { Database } from './postgres.ts'

/** The epoch of this installation; the first start writes it, and of two concurrent first starts one wins. */
export async function readInstallation(db: Database): Promise<string> {
  await db.installation.createMany({ data: { id: 1, epoch: uuidv7(new Date()) }, skipDuplicates: true })
  const { epoch } = await db.installation.findUniqueOrThrow({ where: { id: 1 } })
  return epoch
}
