import { createContext, createElement, useContext, type ReactNode } from 'react'
import type { BrowserClient } from '../browser/browser-api.ts'
import type { Bootstrap } from '../browser/evaluated-flag.ts'

export interface AssayProviderProps {
  /** Made once, outside of components: the provider neither makes nor closes it. */
  client: BrowserClient
  /** What the server rendered with: hydration sees the same values, whatever has arrived meanwhile. */
  bootstrap?: Bootstrap
  /**
   * Whether hooks suspend until there are values. Otherwise they give the fallback meanwhile.
   * @default false
   */
  suspense?: boolean
  children?: ReactNode
}

export type Provided = Pick<AssayProviderProps, 'client' | 'bootstrap' | 'suspense'>

const Provided = createContext<Partial<Provided>>({})

/** Gives the components below it a client. */
export function AssayProvider({ children, ...provided }: AssayProviderProps): ReactNode {
  return createElement(Provided.Provider, { value: provided }, children)
}

export function useProvided(): Partial<Provided> {
  return useContext(Provided)
}

/** The client of the nearest `AssayProvider`, undefined without one. */
export function useClient(): BrowserClient | undefined {
  return useContext(Provided).client
}
