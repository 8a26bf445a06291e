import { ActionIcon, Kbd, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconMenu2, IconMoon, IconSearch, IconSettings, IconSun, IconX } from '@tabler/icons-react'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useProjectKey } from '../api/project.ts'
import { Loading } from '../ui/loading.tsx'
import { AccountMenu } from './account-menu.tsx'
import { modKey } from './keyboard/mod-key.ts'
import { navigation } from './navigation.tsx'
import { PasswordAsked } from './password-asked.tsx'
import { ProjectSwitcher } from './project-switcher.tsx'
import css from './shell.module.css'

const LiveFeed = lazy(async () => ({ default: (await import('./live/live-feed.tsx')).LiveFeed }))
const Palette = lazy(async () => ({ default: (await import('./palette/palette.tsx')).Palette }))
const Keyboard = lazy(async () => ({ default: (await import('./keyboard/keyboard.tsx')).Keyboard }))
const KeySheet = lazy(async () => ({ default: (await import('./keyboard/key-sheet.tsx')).KeySheet }))
const RecentPages = lazy(async () => ({ default: (await import('./recent/recent-pages.tsx')).RecentPages }))

/** Sidebar and sheet around every page of a project. */
export function Shell() {
  const project = useProjectKey()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const [open, setOpen] = useState<'palette' | 'keys' | null>(null)
  const [menu, setMenu] = useState(false)
  useEffect(() => { setMenu(false) }, [path])

  return (
    <div className={css.app} data-menu={menu}>
      <a className={css.skip} href="#main">Skip to content</a>
      <Suspense><LiveFeed project={project} /></Suspense>
      <div className={css.menuButton}>
        <ActionIcon variant="default" aria-label={menu ? 'Close navigation' : 'Open navigation'} aria-expanded={menu} aria-controls="navigation" onClick={() => { setMenu(!menu) }}>{menu ? <IconX size={17} /> : <IconMenu2 size={17} />}</ActionIcon>
      </div>
      <nav id="navigation" className={css.side} aria-label="Main">
        <ProjectSwitcher />
        <button type="button" className={css.find} onClick={() => { setOpen('palette') }}>
          <IconSearch size={15} />Search or jump to<Kbd size="xs">{modKey} K</Kbd>
        </button>
        {navigation.map(({ label, items }) => (
          <div key={label ?? 'start'} className={css.group}>
            {label === undefined ? null : <div className={css.label} id={`nav-${label}`}>{label}</div>}
            <ul aria-labelledby={label === undefined ? undefined : `nav-${label}`}>
              {items.map((item) => {
                const to = `/p/${project}${item.path}`
                const active = item.path === '' ? path === to || path === `${to}/` : path.startsWith(to)
                return <li key={item.label}><Link to={to} className={active ? css.on : undefined} aria-current={active ? 'page' : undefined}>{item.icon}<span>{item.label}</span>{item.badge}</Link></li>
              })}
            </ul>
          </div>
        ))}
        <div className={css.tools}>
          <Tooltip label="Settings">
            <ActionIcon component={Link} to={`/p/${project}/settings`} aria-label="Settings"><IconSettings size={17} /></ActionIcon>
          </Tooltip>
          <ThemeToggle />
          <span className="grow" />
          <AccountMenu />
        </div>
      </nav>
      <main className={css.sheet} id="main" tabIndex={-1}>
        <Suspense fallback={<Loading />}><Outlet /></Suspense>
      </main>
      <PasswordAsked />
      <Suspense><Keyboard onOpen={setOpen} /><RecentPages /></Suspense>
      {open === 'palette' ? <Suspense><Palette onClose={() => { setOpen((now) => (now === 'palette' ? null : now)) }} onKeys={() => { setOpen('keys') }} /></Suspense> : null}
      {open === 'keys' ? <Suspense><KeySheet onClose={() => { setOpen(null) }} /></Suspense> : null}
    </div>
  )
}

function ThemeToggle() {
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme('light') === 'dark'
  return (
    <Tooltip label={dark ? 'Light theme' : 'Dark theme'}>
      <ActionIcon aria-label={dark ? 'Use light theme' : 'Use dark theme'} onClick={() => { setColorScheme(dark ? 'light' : 'dark') }}>{dark ? <IconSun size={17} /> : <IconMoon size={17} />}</ActionIcon>
    </Tooltip>
  )
}
