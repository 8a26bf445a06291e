import { routes } from '@assay/server/contract'
import { lazyRouteComponent } from '@tanstack/react-router'
import { ApiError, call } from '../api/client.ts'

/** The code of a page that could not be fetched, in words. */
export class PageNotFetched extends Error {
  /** The server answers, so only what this browser holds is in the way: loading everything anew helps. */
  readonly reload: boolean

  constructor(reload: boolean, cause: unknown) {
    super(reload ? 'This page could not be fetched, perhaps because Assay was updated since you opened it. Load it anew.' : 'The server cannot be reached, so this page could not be fetched. Try again in a moment.', { cause })
    this.name = 'PageNotFetched'
    this.reload = reload
  }
}

/** A page whose code comes when it is opened. What a browser or bundler says where it does not come is no sentence for anybody. */
export const lazyPage: typeof lazyRouteComponent = (importer, name) => lazyRouteComponent(() => importer().catch(notFetched), name)

async function notFetched(cause: unknown): Promise<never> {
  // Whatever it says, it answers.
  const reachable = await call(routes.getSetup, {}).then(() => true, (error: unknown) => !(error instanceof ApiError && error.code === 'offline'))
  throw new PageNotFetched(reachable, cause)
}
