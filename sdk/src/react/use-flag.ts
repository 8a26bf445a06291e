import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react'
import type { BrowserClient, BrowserDetails } from '../browser/browser-api.ts'
import type { EvaluatedFlag } from '../browser/evaluated-flag.ts'
import type { ErrorCode } from '../core/index.ts'
import type { FlagKey } from '../flags.ts'
import { firstValuesOf, isWaiting } from './first-values.ts'
import { useProvided } from './provider.ts'

export interface UseFlagOptions {
  /**
   * Whether to suspend until there are values.
   * @default what the provider says
   */
  suspense?: boolean
}

/**
 * The value of a flag, decided by the type of its fallback. Renders again when this flag changes, and only then. What was
 * rendered is recorded once it is on the page.
 */
export function useFlag(flag: FlagKey<'boolean'>, fallback: boolean, options?: UseFlagOptions): boolean
export function useFlag(flag: FlagKey<'string'>, fallback: string, options?: UseFlagOptions): string
export function useFlag(flag: FlagKey<'integer' | 'float'>, fallback: number, options?: UseFlagOptions): number
export function useFlag<T extends object>(flag: FlagKey<'object'>, fallback: T, options?: UseFlagOptions): T
export function useFlag(flag: string, fallback: unknown, options?: UseFlagOptions): unknown {
  return useDetails(flag, fallback, options).value
}

/** As `useFlag`, with the variant and the reason of the value. */
export function useFlagDetails(flag: FlagKey<'boolean'>, fallback: boolean, options?: UseFlagOptions): BrowserDetails<boolean>
export function useFlagDetails(flag: FlagKey<'string'>, fallback: string, options?: UseFlagOptions): BrowserDetails<string>
export function useFlagDetails(flag: FlagKey<'integer' | 'float'>, fallback: number, options?: UseFlagOptions): BrowserDetails<number>
export function useFlagDetails<T extends object>(flag: FlagKey<'object'>, fallback: T, options?: UseFlagOptions): BrowserDetails<T>
export function useFlagDetails(flag: string, fallback: unknown, options?: UseFlagOptions): BrowserDetails<unknown> {
  return useDetails(flag, fallback, options)
}

function useDetails<T>(flag: string, fallback: T, options?: UseFlagOptions): BrowserDetails<T> {
  const { client, bootstrap, suspense } = useProvided()
  const subscribe = useCallback((listener: () => void) => {
    const stops = [client?.onUpdate((changed) => { if (changed.includes(flag)) listener() }), client?.onStatus(listener)]
    return () => { for (const stop of stops) stop?.() }
  }, [client, flag])
  const held = useSyncExternalStore(subscribe, () => heldOf(client, flag), () => bootstrap?.flags.find(({ key }) => key === flag) ?? heldOf(client, flag))
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- how a component suspends
  if ((options?.suspense ?? suspense) && client && isWaiting(client)) throw firstValuesOf(client).promise
  const type = typeof fallback
  const details = useMemo(() => detailsOf(flag, held, type), [flag, held, type])
  useEffect(() => {
    if (client) record(client, details.flagKey, type)
  }, [client, details, type])
  return 'value' in details ? (details as BrowserDetails<T>) : { ...details, value: fallback }
}

/** Identical until the flag changes. */
function heldOf(client: BrowserClient | undefined, flag: string): EvaluatedFlag | ErrorCode {
  const isWithout = !client || client.status() === 'defaults' || client.status() === 'closed'
  return isWithout ? 'PROVIDER_NOT_READY' : (client.peek(flag) ?? 'FLAG_NOT_FOUND')
}

/** Without a value where the fallback is to be served. */
function detailsOf(flagKey: string, held: EvaluatedFlag | ErrorCode, type: string): Omit<BrowserDetails<unknown>, 'value'> & { value?: unknown } {
  if (typeof held === 'string') return { flagKey, reason: 'ERROR', errorCode: held }
  const { key: _, errorCode, errorDetails, reason = 'UNKNOWN', ...rest } = held
  if (errorCode) return { flagKey, reason: 'ERROR', errorCode: errorCode as ErrorCode, errorMessage: errorDetails ?? '' }
  const fits = rest.value === undefined || (typeof rest.value === type && !Array.isArray(rest.value))
  return fits ? { flagKey, reason, ...rest } : { flagKey, reason: 'ERROR', errorCode: 'TYPE_MISMATCH' }
}

/** Reads the flag as its getter does: that counts the evaluation, and exposes the unit. */
function record(client: BrowserClient, flag: string, type: string): void {
  if (type === 'boolean') client.getBoolean(flag, false)
  else if (type === 'string') client.getString(flag, '')
  else if (type === 'number') client.getFloat(flag, 0)
  else client.getObject(flag, {})
}
