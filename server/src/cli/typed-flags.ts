import type { Flag, FlagType, Ruleset } from '@assay/sdk/core'

interface Options {
  /** Also the typed keys of OpenFeature's SDKs. */
  openfeature?: boolean
}

/** Names of OpenFeature's typed keys, and the types of flags that they stand for. */
const openFeatureKeys: [name: string, types: readonly FlagType[]][] = [
  ['BooleanFlagKey', ['boolean']],
  ['StringFlagKey', ['string']],
  ['NumberFlagKey', ['integer', 'float']],
  ['ObjectFlagKey', ['object']],
]

/** A declaration file with the flags of a ruleset by key and type. It changes only when a key, a type or a variant does. */
export function typedFlags({ project, environment, flags: given }: Pick<Ruleset, 'project' | 'environment' | 'flags'>, { openfeature = false }: Options = {}): string {
  const flags = [...given].sort((a, b) => (a.key < b.key ? -1 : 1))
  return [
    `// Written by assay generate from ${oneLine(project)}/${oneLine(environment)}. Run it again when flags change.`,
    ...(openfeature ? ["import '@openfeature/core'"] : []),
    "import '@assay/sdk'",
    '',
    "declare module '@assay/sdk' {",
    '  interface Flags {',
    ...flags.flatMap((flag) => [`    /** ${variantsOf(flag)} */`, `    ${JSON.stringify(flag.key)}: '${flag.type}'`]),
    '  }',
    '}',
    ...(openfeature ? openFeatureModule(flags) : []),
    '',
  ].join('\n')
}

function openFeatureModule(flags: readonly Flag[]): string[] {
  const keysOf = (types: readonly FlagType[]) => flags.filter(({ type }) => types.includes(type)).map(({ key }) => JSON.stringify(key)).join(' | ') || 'never'
  return ['', "declare module '@openfeature/core' {", ...openFeatureKeys.map(([name, types]) => `  export type ${name} = ${keysOf(types)}`), '}']
}

function variantsOf({ variants }: Flag): string {
  return `Variants: ${variants.map(({ key }) => oneLine(key)).join(', ')}`
}

/** Nothing that is written into a comment ends it. */
function oneLine(text: string): string {
  return text.replace(/[\r\n\u2028\u2029]/g, ' ').replaceAll('*/', '* /')
}
