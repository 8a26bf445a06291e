import { routes, requestOf, type LiveChange } from '@assay/server/contract'
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ApiError, call } from '../../api/client.ts'
import { connectionsQuery } from '../../api/project-queries.ts'
import { clock } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { followProject, type Feed, type FeedState, type Surroundings } from './follow-project.ts'
import { gather } from './gather.ts'
import css from './live-feed.module.css'
import { staleKeys } from './stale-keys.ts'

/** Keeps what is shown of a project as it is, by the server's stream; says so where it cannot. */
export function LiveFeed({ project }: { project: string }) {
  const client = useQueryClient()
  const [state, setState] = useState<FeedState>({ kind: 'live' })
  useEffect(() => {
    setState({ kind: 'live' })
    const { feed, stop } = feedInto(client, project, setState)
    const following = followProject(feed, surroundingsOf(project))
    const seen = () => { following.seen() }
    document.addEventListener('visibilitychange', seen)
    window.addEventListener('online', seen)
    return () => {
      document.removeEventListener('visibilitychange', seen)
      window.removeEventListener('online', seen)
      following.stop()
      stop()
    }
  }, [client, project])
  return (
    <div role="status" className={css.feed}>
      {state.kind === 'live' ? null : (
        <Notice tone="warn">
          {state.kind === 'paused'
            ? <><b>Updates paused since {clock(state.since)}; reconnecting.</b> What you see may be older. What you save is checked against what is live.</>
            : <><b>Updates have stopped.</b> {state.why}</>}
        </Notice>
      )}
    </div>
  )
}

/** Hands what the stream says to the queries of the project. */
function feedInto(client: QueryClient, project: string, state: Feed['state']): { feed: Feed; stop: () => void } {
  const everything = () => { void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === project || queryKey[0] === 'me' }) }
  const burst = gather<LiveChange | 'all'>((gathered) => {
    const changes = gathered.filter((item) => item !== 'all')
    const keys = changes.length < gathered.length ? 'all' : staleKeys(project, changes)
    if (keys === 'all') everything()
    else for (const queryKey of keys) void client.invalidateQueries({ queryKey })
  })
  const standings = gather<string>((environments) => {
    for (const environment of new Set(environments)) void client.invalidateQueries({ queryKey: ['connections', project, environment] })
    // An SDK that is new uses a key, perhaps for the first time.
    void client.invalidateQueries({ queryKey: ['keys', project] })
  })
  return {
    feed: {
      changed({ changes, all }) { for (const item of all ? ['all' as const] : changes) burst.add(item) },
      acknowledged({ environment, ...standing }) {
        // The counts at once; which SDKs they are is asked for.
        client.setQueryData(connectionsQuery(project, environment).queryKey, (known) => known && { ...known, ...standing })
        standings.add(environment)
      },
      unsure() { burst.add('all') },
      state,
    },
    stop() {
      burst.stop()
      standings.stop()
    },
  }
}

function surroundingsOf(project: string): Surroundings {
  return {
    open: (after) => new EventSource(requestOf(routes.streamChanges, { params: { project }, query: after === null ? {} : { after: Number(after) } }).path),
    isHidden: () => document.hidden,
    async probe() {
      try {
        await call(routes.getProject, { params: { project } })
        return 'again'
      } catch (error) {
        return error instanceof ApiError && [401, 403, 404].includes(error.status) ? { ended: error.message } : 'away'
      }
    },
  }
}
