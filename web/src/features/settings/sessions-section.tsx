import type { BrowserSession } from '@assay/server/contract'
import { Button } from '@mantine/core'
import { IconDeviceDesktop, IconDeviceMobile, IconTerminal2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Ago } from '../../ui/ago.tsx'
import { Chip } from '../../ui/chip.tsx'
import { Failure } from '../../ui/failure.tsx'
import { plural } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { Panel } from '../../ui/panel.tsx'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { DangerZone } from './danger-zone.tsx'
import { PasswordPanel } from './password-panel.tsx'
import { deviceOf, sessionName } from './session-words.ts'
import { sessionsQuery, useEndOtherSessions, useEndSession } from './sessions-queries.ts'
import css from './sessions-section.module.css'

const icons = { phone: <IconDeviceMobile size={18} aria-hidden />, computer: <IconDeviceDesktop size={18} aria-hidden />, program: <IconTerminal2 size={18} aria-hidden /> }

/** Where the person signed in is signed in, and their password. */
export function SessionsSection() {
  const sessions = useQuery(sessionsQuery)
  const endOne = useEndSession()
  const endOthers = useEndOtherSessions()
  if (sessions.error) return <Failure error={sessions.error} onRetry={() => { void sessions.refetch() }} />
  if (!sessions.data) return <Loading rows={4} />
  const all = [...sessions.data.sessions].sort((a, b) => Number(b.current) - Number(a.current))
  const others = all.filter(({ current }) => !current)

  const signOut = (session: BrowserSession) => {
    endOne.mutate(session.id, {
      onSuccess: () => { toastDone({ title: `${sessionName(session)} is signed out`, detail: 'Its next request is refused.' }) },
      onError: (error) => { toastFailed(`${sessionName(session)} is not signed out`, error) },
    })
  }
  const signOutOthers = () => {
    endOthers.mutate(undefined, {
      onSuccess: ({ ended }) => { toastDone({ title: `${plural(ended, 'other browser')} signed out` }) },
      onError: (error) => { toastFailed('The other browsers are still signed in', error) },
    })
  }
  return (
    <>
      <Panel id="browsers" padded={false} title="Where you are signed in" aside={<span className="muted">{plural(all.length, 'browser')}</span>}>
        <ul>
          {all.map((session) => (
            <li key={session.id} className={css.row}>
              <span className={css.icon}>{icons[deviceOf(session)]}</span>
              <div className={css.what}>
                <b>{sessionName(session)}</b>{session.current ? <> <Chip tone="info">This browser</Chip></> : null}
                <span>Signed in <Ago at={session.signedInAt} /> · {session.current ? 'in use now' : <>last active <Ago at={session.lastActiveAt} /></>}</span>
              </div>
              {session.current ? null : <Button variant="default" size="compact-sm" aria-label={`Sign out ${sessionName(session)}`} loading={endOne.isPending && endOne.variables === session.id} onClick={() => { signOut(session) }}>Sign out</Button>}
            </li>
          ))}
        </ul>
      </Panel>
      <p className={css.note}>Browser and system are what the browser says of itself. Addresses are not kept.</p>
      <PasswordPanel />
      <DangerZone id="others" title="Sign out everywhere else" what={others.length === 0 ? 'You are signed in nowhere else.' : `${plural(others.length, 'other browser')} of yours ${others.length === 1 ? 'is' : 'are'} refused from the next request on. Whoever used ${others.length === 1 ? 'it' : 'them'} needs your password to come back.`}>
        <Button variant="default" disabled={others.length === 0} loading={endOthers.isPending} onClick={signOutOthers}>Sign out everywhere else</Button>
      </DangerZone>
    </>
  )
}
