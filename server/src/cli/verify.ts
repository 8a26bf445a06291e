import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { unpackBundle } from '../bundle/unpack-bundle.service.ts'
import { verifyBundle } from '../bundle/verify-bundle.service.ts'

const USAGE = `Usage: assay verify BUNDLE

BUNDLE is the result bundle of an experiment (EXP-1-bundle.zip), or a folder that it was unpacked to. Everything happens on this machine.
Ends with 0 where every number can be computed again to the last digit, 1 where something differs, 2 where the bundle cannot be checked.`
/** Problems that are told one by one. */
const TOLD = 40

/** Computes the numbers of a result bundle again from its rows, without a server. */
export async function verify(args: string[]): Promise<string> {
  const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { help: { type: 'boolean' } } })
  const [path] = positionals
  if (values.help === true) return USAGE
  process.exitCode = 2
  if (path === undefined) throw new Error(USAGE)
  const { experiment, people, numbers, problems } = await verifyAt(path)
  process.exitCode = problems.length === 0 ? 0 : 1
  if (problems.length === 0) return `${experiment}: the files are whole, the plan is the one that was sealed, and all ${numbers} numbers follow from the rows of ${people} people, in every digit.`
  const more = problems.length > TOLD ? [`... and ${problems.length - TOLD} more.`] : []
  return [`${experiment}: the bundle does not hold.`, ...problems.slice(0, TOLD).map((problem) => `- ${problem}`), ...more].join('\n')
}

async function verifyAt(path: string) {
  const found = await stat(path).catch((error: unknown) => { throw new Error(`${path} cannot be read.`, { cause: error }) })
  if (found.isDirectory()) return verifyBundle(path)
  const directory = await mkdtemp(join(tmpdir(), 'assay-verify-'))
  try {
    await unpackBundle(path, directory)
    return await verifyBundle(directory)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
