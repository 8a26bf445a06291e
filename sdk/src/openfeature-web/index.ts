/** The provider for OpenFeature's web SDK, `@openfeature/web-sdk`, which is installed beside this package. */
export { AssayWebProvider, type AssayWebOptions } from './assay-web-provider.ts'
export type { BrowserClient } from '../browser/browser-api.ts'
