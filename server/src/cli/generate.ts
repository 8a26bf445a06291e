import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parseRuleset, type Ruleset } from '@assay/sdk/core'
import { typedFlags } from './typed-flags.ts'

const USAGE = `Usage: assay generate [--url URL --key KEY | --from FILE] [--out flags.d.ts] [--openfeature] [--check]

Writes a file that makes unknown flag keys and wrong types compile errors.

--url URL      address of Assay (or ASSAY_URL)
--key KEY      a server key of the environment whose flags are meant (or ASSAY_KEY, which stays out of the shell's history)
--from FILE    a ruleset saved from GET /sdk/v1/ruleset, instead of asking for it
--out FILE     where to write, flags.d.ts without it
--openfeature  also for the keys of @openfeature/core, which must be installed
--check        writes nothing, and fails if the file is not up to date`

/** `assay generate`: typed flags of an environment. Gives what it did, in a sentence. */
export async function generate(args: string[]): Promise<string> {
  const { values } = parseArgs({
    args,
    options: {
      url: { type: 'string', default: process.env['ASSAY_URL'] },
      key: { type: 'string', default: process.env['ASSAY_KEY'] },
      from: { type: 'string' },
      out: { type: 'string', default: 'flags.d.ts' },
      openfeature: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return USAGE
  const { from, url, key, out, openfeature, check } = values
  if (from === undefined && (url === undefined || key === undefined)) throw new Error(USAGE)
  const ruleset = from === undefined ? await readFromServer(url ?? '', key ?? '') : parsed(readFileSync(from, 'utf8'), from)
  const text = typedFlags(ruleset, { openfeature })
  const count = `${ruleset.flags.length} ${ruleset.flags.length === 1 ? 'flag' : 'flags'} of ${ruleset.project} in ${ruleset.environment}`
  if (!check) {
    writeFileSync(out, text)
    return `Wrote ${out}: ${count}.`
  }
  if (textOf(out) !== text) throw new Error(`${out} is not up to date with the ${count}. Run assay generate without --check.`)
  return `${out} is up to date: ${count}.`
}

async function readFromServer(url: string, key: string): Promise<Ruleset> {
  const response = await fetch(`${url.replace(/\/+$/, '')}/sdk/v1/ruleset`, { headers: { authorization: `Bearer ${key}` } })
  const text = await response.text()
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 500)}`)
  return parsed(text, url)
}

function parsed(text: string, source: string): Ruleset {
  const result = parseRuleset(text)
  if (!result.ok) throw new Error(`${source} gave no ruleset. ${result.error}`)
  return result.ruleset
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
