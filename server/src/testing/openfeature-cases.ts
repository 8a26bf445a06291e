import type { Condition, FlagType, Json } from '@assay/sdk/core'
import { readVectors } from './emit-schema.ts'
import { serveFlag } from './served-flag.ts'
import type { TestServer } from './test-server.ts'

/** An evaluation of the OpenFeature specification, and what must come of it. */
export interface SpecCase {
  name: string
  type: 'Boolean' | 'String' | 'Integer' | 'Float' | 'Object'
  flagKey: string
  default: Json
  context: Record<string, string | number | boolean>
  expect: { value?: Json; reason?: string; variant?: string; errorCode?: string; metadata?: object }
}

interface SpecFlag {
  disabled?: boolean
  variants: Record<string, Json>
  defaultVariant?: string
  contextEvaluator?: string
}

/** Cases about metadata that the owner of a flag writes: Assay's metadata say where a value is from, and are its own. */
const OWN_METADATA = ['Flag metadata in evaluation details', 'Returns metadata', 'Returns no metadata']

export function specCases(): SpecCase[] {
  const cases = readVectors('evaluation-vectors.json') as SpecCase[]
  return cases.filter(({ name }) => !OWN_METADATA.includes(name))
}

/** What the in-memory flags of the specification compute, as conditions. */
const CONDITIONS: Record<string, { when: Condition; variant: string }> = {
  "email == 'ballmer@macrosoft.com' ? 'zero' : ''": { when: { attribute: 'email', op: 'in', values: ['ballmer@macrosoft.com'] }, variant: 'zero' },
  "!customer && email == 'ballmer@macrosoft.com' && age > 10 ? 'internal' : ''": {
    when: { all: [{ attribute: 'customer', op: 'in', values: [false], ifMissing: true }, { attribute: 'email', op: 'in', values: ['ballmer@macrosoft.com'] }, { attribute: 'age', op: 'gt', values: [10] }] },
    variant: 'internal',
  },
}

/** Serves the flags of the specification's cases. */
export async function serveSpecFlags(server: TestServer): Promise<void> {
  const wanted = new Set(specCases().map(({ flagKey }) => flagKey))
  for (const [key, flag] of Object.entries(readVectors('test-flags.json') as Record<string, SpecFlag>)) {
    if (!wanted.has(key)) continue
    const rule = flag.contextEvaluator === undefined ? undefined : CONDITIONS[flag.contextEvaluator]
    if (flag.contextEvaluator !== undefined && !rule) throw new Error(`${key} computes what no condition here does: ${flag.contextEvaluator}`)
    await serveFlag(server, key, {
      type: typeOf(key, Object.values(flag.variants)[0]),
      variants: flag.variants,
      targeting: {
        enabled: flag.disabled !== true,
        offVariant: null,
        rules: rule ? [{ id: 'targeted', name: 'Targeted', when: rule.when, serve: { variant: rule.variant } }] : [],
        fallthrough: { variant: flag.defaultVariant ?? '' },
      },
    })
  }
}

function typeOf(key: string, value: Json | undefined): FlagType {
  if (typeof value === 'number') return key.startsWith('float') ? 'float' : 'integer'
  return typeof value === 'string' ? 'string' : typeof value === 'boolean' ? 'boolean' : 'object'
}
