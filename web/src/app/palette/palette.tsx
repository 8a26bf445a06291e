import '@mantine/spotlight/styles.css'
import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { Spotlight, spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight'
import { IconBolt, IconBulb, IconChartDots, IconClock, IconFile, IconFlag3, IconFlask2, IconKeyboard, IconMoon, IconPlayerPlay, IconPlus, IconSearch, IconSettings, IconSun, IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect, useState, type ReactNode } from 'react'
import { cohortsQuery, experimentsQuery, flagSearchQuery, hypothesesQuery, metricsQuery } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { useMe } from '../../api/session.ts'
import { readRecent, recentName } from '../recent/recent.ts'
import { palettePages, paletteSettings } from './palette-pages.ts'
import css from './palette.module.css'

const icon = { size: 17, stroke: 1.7 }

interface Props {
  onClose: () => void
  /** Opens the list of keys. */
  onKeys: () => void
}

/** Jumps to anything by name, and runs what has no page of its own. */
export function Palette({ onClose, onKeys }: Props) {
  const project = useProject()
  const { id } = useMe()
  const router = useRouter()
  const navigate = useNavigate()
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme('light') === 'dark'
  const [search, setSearch] = useState('')
  /** Which flag is turned off is asked second. */
  const [turningOff, setTurningOff] = useState(false)
  const [recent] = useState(() => readRecent(localStorage.getItem(recentName(id, project.key))).filter(({ path }) => path !== location.pathname + location.search))
  const asked = search.trim()
  const flags = useQuery(flagSearchQuery(project.key, asked, turningOff ? 'live' : undefined)).data?.flags ?? []
  const hypotheses = useQuery(hypothesesQuery(project.key)).data?.hypotheses ?? []
  const experiments = useQuery(experimentsQuery(project.key)).data?.experiments ?? []
  const cohorts = useQuery(cohortsQuery(project.key)).data?.cohorts ?? []
  const metrics = useQuery(metricsQuery(project.key)).data?.metrics ?? []
  useEffect(() => { spotlight.open() }, [])

  const go = (path: string, query: Readonly<Record<string, unknown>> = {}) => () => { void navigate({ to: `/p/${project.key}${path}`, search: query }) }
  const action = (label: string, leftSection: ReactNode, onClick: () => void, more: Partial<SpotlightActionData> = {}): SpotlightActionData => ({ id: label, label, leftSection, onClick, ...more })
  // The server has found it, by whatever it is.
  const flagAction = ({ key, name }: (typeof flags)[number], onClick: () => void) => action(name, <IconFlag3 {...icon} />, onClick, { id: `flag-${key}`, description: key, keywords: search })
  const keyed = (prefix: string, label: string, key: string, leftSection: ReactNode) => action(label, leftSection, go(`/${prefix}/${key}`), { id: `${prefix}-${key}`, description: key })

  const commands = [
    action('New hypothesis', <IconPlus {...icon} />, go('/hypotheses/new'), { keywords: 'create write idea' }),
    action('New flag', <IconPlus {...icon} />, go('/flags', { new: 'flag' }), { keywords: 'create' }),
    action('New cohort', <IconPlus {...icon} />, go('/cohorts/new'), { keywords: 'create' }),
    action('First flag in two minutes', <IconPlus {...icon} />, go('/first-flag'), { keywords: 'create start sdk snippet onboarding' }),
    action('Turn off a flag', <IconBolt {...icon} />, () => { setTurningOff(true); setSearch('') }, { closeSpotlightOnTrigger: false, keywords: 'kill stop disable production' }),
    action('Ask why an account got a variant', <IconPlayerPlay {...icon} />, go('/playground'), { keywords: 'explain debug playground' }),
    action(dark ? 'Use light theme' : 'Use dark theme', dark ? <IconSun {...icon} /> : <IconMoon {...icon} />, () => { setColorScheme(dark ? 'light' : 'dark') }, { keywords: 'colour scheme appearance' }),
  ]
  const everything: SpotlightActionGroupData[] = [
    { group: 'Recently visited', actions: asked === '' ? recent.map(({ path, title }) => action(title, <IconClock {...icon} />, () => { router.history.push(path) }, { id: `recent-${path}` })) : [] },
    { group: 'Commands', actions: commands },
    { group: 'Pages', actions: palettePages.map(({ path, label, search: query, words = '', icon: own = <IconFile {...icon} /> }) => action(label, own, go(path, query), { id: `page-${label}`, keywords: words })) },
    { group: 'Flags', actions: flags.map((flag) => flagAction(flag, go(`/flags/${encodeURIComponent(flag.key)}/targeting`))) },
    { group: 'Hypotheses', actions: hypotheses.map(({ key, title }) => keyed('hypotheses', title, key, <IconBulb {...icon} />)) },
    { group: 'Experiments', actions: experiments.map(({ key, title }) => keyed('experiments', title, key, <IconFlask2 {...icon} />)) },
    { group: 'Cohorts', actions: cohorts.map(({ key, name }) => keyed('cohorts', name, key, <IconUsersGroup {...icon} />)) },
    { group: 'Metrics', actions: metrics.map(({ key, name }) => keyed('metrics', name, key, <IconChartDots {...icon} />)) },
    { group: 'Settings', actions: paletteSettings.map(({ path, label, words = '' }) => action(label, <IconSettings {...icon} />, go(path), { id: `setting-${label}`, keywords: words })) },
    {
      group: 'Help',
      actions: [
        action('Keys', <IconKeyboard {...icon} />, onKeys, { keywords: 'keyboard shortcuts hotkeys switch off' }),
        action('The API, as an OpenAPI document', <IconFile {...icon} />, () => { window.open('/api/v1/openapi.json', '_blank', 'noopener') }, { keywords: 'docs documentation reference rest http' }),
      ],
    },
    // Whatever was written may be an account.
    { group: 'Ask', actions: /^\S{2,}$/.test(asked) ? [action(`Why did ${asked} get its variants?`, <IconPlayerPlay {...icon} />, go('/playground', { context: { targetingKey: asked } }))] : [] },
  ]
  const production = project.environments.find((environment) => environment.production)
  const toTurnOff: SpotlightActionGroupData[] = [{ group: 'On in production', actions: flags.map((flag) => {
    const at = flag.environments.find(({ environment, enabled }) => enabled && project.environments.some(({ key, production: isProduction }) => isProduction && key === environment))
    return flagAction(flag, go(`/flags/${encodeURIComponent(flag.key)}/targeting`, { env: at?.environment ?? production?.key }))
  }) }]
  return (
    <Spotlight
      actions={turningOff ? toTurnOff : everything}
      attributes={{ content: { 'aria-label': 'Search and commands' } }}
      classNames={{ action: css.action ?? '', actionsGroup: css.group ?? '' }}
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      shortcut={null}
      query={search}
      onQueryChange={setSearch}
      onSpotlightClose={onClose}
      limit={40}
      scrollable
      maxHeight={440}
      size={620}
      overlayProps={{ blur: 2, backgroundOpacity: 0.36 }}
      nothingFound={turningOff ? 'No flag that is on in production matches.' : 'Nothing matches. Try a flag key or the name of a hypothesis.'}
      searchProps={{ leftSection: turningOff ? <IconBolt size={17} /> : <IconSearch size={17} />, placeholder: turningOff ? 'Turn off which flag?' : 'Search flags, hypotheses and experiments, or type a command', 'aria-label': turningOff ? 'Turn off which flag?' : 'Search or run a command' }}
    />
  )
}
