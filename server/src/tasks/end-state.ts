import type { Serve } from '@assay/sdk/core'
import type { Targeting } from '../contract/flags.ts'

/** Whether a flag serves one variant to everybody in an environment: by every rule and to everyone else, or by being off. A rule that held-out units pass by counts as its variant. */
export function servesOnly({ enabled, offVariant, rules, fallthrough }: Pick<Targeting, 'enabled' | 'offVariant' | 'rules' | 'fallthrough'>, variant: string): boolean {
  if (!enabled) return offVariant === variant
  return [...rules.map((rule) => rule.serve), fallthrough].every((serve) => always(serve) === variant)
}

function always(serve: Serve): string | null {
  if ('variant' in serve) return serve.variant
  const [arm, ...others] = serve.arms.filter(({ weight }) => weight > 0)
  return arm && others.length === 0 && serve.coverage === 100_000 ? arm.variant : null
}
