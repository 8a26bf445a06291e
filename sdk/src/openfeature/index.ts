/** The provider for OpenFeature's server SDK, `@openfeature/server-sdk`, which is installed beside this package. */
export { AssayProvider } from './assay-provider.ts'
export type { Client } from '../client/client-api.ts'
export type { ClientOptions } from '../client/options.ts'
