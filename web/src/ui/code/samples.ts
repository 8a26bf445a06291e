import type { FlagType, Json } from '@assay/sdk/core'

const getters: Readonly<Record<FlagType, string>> = { boolean: 'getBoolean', string: 'getString', integer: 'getInteger', float: 'getFloat', object: 'getObject' }

interface Sample {
  url: string
  flag: string
  type: FlagType
  /** What the caller serves where Assay has no answer. */
  fallback: Json
}

/** A service that asks for one flag, whole, in ten lines. */
export function nodeSample({ url, flag, type, fallback }: Sample): string {
  const name = nameOf(flag)
  return [
    "import { createClient } from '@assay/sdk'",
    '',
    `const assay = createClient({ url: '${url}', key: process.env.ASSAY_KEY })`,
    'await assay.ready()',
    '',
    "// Who asks: the same key always gets the same answer.",
    "const context = { targetingKey: 'user-42', country: 'DE' }",
    `const ${name} = assay.${getters[type]}('${flag}', ${literal(fallback)}, context)`,
    `console.log('${flag} is', ${name})`,
    'await assay.close()',
  ].join('\n')
}

/** An app that asks for one flag again and again, and says at once that it did: it runs as it stands. */
export function firstSample({ url, key, flag }: { url: string; key: string; flag: string }): string {
  return [
    "import { createClient } from '@assay/sdk'",
    '',
    'const assay = createClient({',
    `  url: '${url}',`,
    `  key: '${key}',`,
    '})',
    'await assay.ready()',
    '',
    '// Every two seconds. Counts go to Assay once a minute: flush sends them now.',
    'async function ask() {',
    `  const ${nameOf(flag)} = assay.getBoolean('${flag}', false, { targetingKey: 'user-42' })`,
    `  console.log('${flag} is', ${nameOf(flag)})`,
    '  await assay.flush()',
    '}',
    'await ask()',
    'setInterval(ask, 2000)',
  ].join('\n')
}

/** The ruleset that an SDK of any language evaluates. */
export function rulesetSample(url: string): string {
  return `curl -H "Authorization: Bearer $ASSAY_KEY" ${url}/sdk/v1/ruleset`
}

/** A name for a constant: `checkout.express-pay` is `expressPay`. */
function nameOf(flag: string): string {
  const words = (flag.split('.').at(-1) ?? '').split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
  const name = words.map((word, index) => (index === 0 ? word.charAt(0).toLowerCase() + word.slice(1) : word.charAt(0).toUpperCase() + word.slice(1))).join('')
  return /^[a-z]/.test(name) && !reserved.has(name) ? name : 'value'
}

const reserved = new Set(['assay', 'context', 'default', 'delete', 'new', 'switch', 'this', 'import', 'export', 'class', 'function', 'if', 'in', 'do', 'for', 'try', 'var', 'let', 'const', 'null', 'true', 'false'])

function literal(value: Json): string {
  return typeof value === 'string' ? `'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'` : JSON.stringify(value)
}
