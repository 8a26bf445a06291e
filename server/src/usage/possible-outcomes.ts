import type { Prerequisite, Serve } from '@assay/sdk/core'

/** What a flag does in one environment, as far as it decides which variants are possible. */
export interface Outcomes {
  enabled: boolean
  offVariant: string | null
  prerequisites: readonly Prerequisite[]
  serves: readonly Serve[]
  fallthrough: Serve
}

/** Every variant that some context could get; null is the caller's default. Conditions are not looked into. */
export function possibleOutcomes({ enabled, offVariant, prerequisites, serves, fallthrough }: Outcomes): Set<string | null> {
  if (!enabled) return new Set([offVariant])
  const possible = new Set<string | null>([...serves, fallthrough].flatMap(variantsOf))
  if (prerequisites.length > 0 || leavesSomeOut(fallthrough)) possible.add(offVariant)
  return possible
}

function variantsOf(serve: Serve): string[] {
  if ('variant' in serve) return [serve.variant]
  return serve.coverage === 0 ? [] : serve.arms.filter((arm) => arm.weight > 0).map((arm) => arm.variant)
}

function leavesSomeOut(serve: Serve): boolean {
  return !('variant' in serve) && (serve.coverage < 100_000 || serve.layer !== undefined || serve.experiment !== undefined)
}
