import type { Context, FlagType, Json } from '../core/index.ts'
import type { FlagKey } from '../flags.ts'

/** Values by flag, for every context. */
export type TestFlags = { readonly [K in FlagKey<FlagType>]?: Json }

export interface Override {
  /** For which contexts it holds. @default all */
  when?: (context: Context) => boolean
  /** @default 'on' and 'off' of a boolean, else the value as text */
  variant?: string
  /** Makes reading the flag an exposure of this experiment. */
  experiment?: string
}

/** What a flag gives for a context. */
export interface Served extends Omit<Override, 'when'> {
  value: Json
  variant: string
  reason: 'STATIC' | 'TARGETING_MATCH'
}

/** Flags of a test: those given first, and overrides, of which the newest that holds wins. */
export function createTestFlags(given: TestFlags) {
  let values: Record<string, Json | undefined> = { ...given }
  let overrides: { flag: string; served: Served; when: (context: Context) => boolean }[] = []

  return {
    find(flag: string, context: Context): Served | undefined {
      const override = overrides.findLast((each) => each.flag === flag && each.when(context))
      const value = Object.hasOwn(values, flag) ? values[flag] : undefined
      return override?.served ?? (value === undefined ? undefined : { value, variant: variantOf(value), reason: 'STATIC' })
    },
    /** Returns a function that takes it back. */
    override(flag: string, value: Json, { when, variant = variantOf(value), ...rest }: Override): () => void {
      const added = { flag, served: { value, variant, reason: when ? ('TARGETING_MATCH' as const) : ('STATIC' as const), ...rest }, when: when ?? (() => true) }
      overrides.push(added)
      return () => { overrides = overrides.filter((each) => each !== added) }
    },
    set(flag: string, value: Json): void {
      values[flag] = value
    },
    remove(flag: string): void {
      values = Object.fromEntries(Object.entries(values).filter(([key]) => key !== flag))
      overrides = overrides.filter((each) => each.flag !== flag)
    },
    keys: (): string[] => [...new Set([...Object.keys(values), ...overrides.map(({ flag }) => flag)])],
    reset(): void {
      values = { ...given }
      overrides = []
    },
  }
}

function variantOf(value: Json): string {
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : typeof value === 'string' ? value : JSON.stringify(value)
}
