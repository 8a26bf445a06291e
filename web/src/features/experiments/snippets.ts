import type { ExperimentDetail, FlagDetail } from '@assay/server/contract'

const getters: Record<FlagDetail['type'], { name: string; fallback: (value: unknown) => string }> = {
  boolean: { name: 'getBoolean', fallback: (value) => String(value === true) },
  string: { name: 'getString', fallback: (value) => JSON.stringify(typeof value === 'string' ? value : '') },
  integer: { name: 'getInteger', fallback: (value) => String(typeof value === 'number' ? value : 0) },
  float: { name: 'getFloat', fallback: (value) => String(typeof value === 'number' ? value : 0) },
  object: { name: 'getObject', fallback: (value) => JSON.stringify(value ?? {}) },
}

interface Events {
  event: string
  /** Has a value to send along. */
  mean: boolean
}

/** The lines of a service that take part in an experiment: where people meet a variant, and what is recorded of them. `attribute` is where the context holds the unit. */
export function snippetOf(attribute: string, experiment: Pick<ExperimentDetail, 'key' | 'flag' | 'unitType' | 'assignment' | 'arms' | 'control' | 'phase'>, flag: Pick<FlagDetail, 'type' | 'variants'>, events: readonly Events[]): string {
  const unit = `${experiment.unitType}.id`
  const meet = experiment.assignment === 'external' ? exposeLines(experiment, unit) : getterLines(experiment, flag, contextOf(attribute, unit))
  const seen = new Map(events.map((one) => [one.event, one.mean || events.some((other) => other.event === one.event && other.mean)]))
  const tracks = [...seen].map(([event, mean]) => `client.track(${quoted(event)}, ${contextOf(attribute, unit)}${mean ? ', { value }' : ''})`)
  return [...meet, ...(tracks.length === 0 ? [] : ['', '// when it happens', ...tracks])].join('\n')
}

function exposeLines({ key, unitType, arms, control, phase }: Pick<ExperimentDetail, 'key' | 'unitType' | 'arms' | 'control' | 'phase'>, unit: string): string[] {
  const treatment = arms.find((arm) => arm.variant !== control)?.variant ?? control
  const extra = [...(unitType === 'user' ? [] : [`unitType: ${quoted(unitType)}`]), ...(phase === 1 ? [] : [`phase: ${phase}`])]
  return ['// when somebody meets what was assigned elsewhere', `client.expose({ experiment: ${quoted(key)}, unit: ${unit}, variant: ${quoted(treatment)}${extra.map((part) => `, ${part}`).join('')} })`]
}

function getterLines({ flag: key, control }: Pick<ExperimentDetail, 'flag' | 'control'>, flag: Pick<FlagDetail, 'type' | 'variants'>, context: string): string[] {
  const { name, fallback } = getters[flag.type]
  const value = flag.variants.find((variant) => variant.key === control)?.value
  return ['// where the change is; this also records who met which variant', `const value = client.${name}(${quoted(key)}, ${fallback(value)}, ${context})`]
}

/** `{ targetingKey: user.id }`, or the unit where a dotted path puts it. */
function contextOf(attribute: string, unit: string): string {
  const inner = attribute.split('.').reduceRight((value, name) => `{ ${/^[a-zA-Z_$][\w$]*$/.test(name) ? name : quoted(name)}: ${value} }`, unit)
  return attribute === 'targetingKey' ? inner : inner.replace('{ ', '{ targetingKey: user.id, ')
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
