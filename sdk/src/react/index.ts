'use client'
/** React: hooks over the browser client. */
export type * from '../flags.ts'
export { AssayProvider, useClient, type AssayProviderProps } from './provider.ts'
export { useFlag, useFlagDetails, type UseFlagOptions } from './use-flag.ts'
export { useFlagsStatus, type FlagsState, type FlagsStatus } from './use-status.ts'
export { useTrack } from './use-track.ts'
