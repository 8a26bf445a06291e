import '@mantine/spotlight/styles.css'
import { Spotlight, spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import { IconBulb, IconChartDots, IconFlag3, IconFlask2, IconPlayerPlay, IconPlus, IconSearch, IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { cohortsQuery, experimentsQuery, flagSearchQuery, hypothesesQuery, metricsQuery } from '../api/project-queries.ts'
import { useProjectKey } from '../api/project.ts'
import { navigation } from './navigation.tsx'
import css from './palette.module.css'

const icon = { size: 17, stroke: 1.7 }

/** Jumps to anything by name. */
export function Palette({ onClose }: { onClose: () => void }) {
  const project = useProjectKey()
  const navigate = useNavigate()
  const [search, setSearch] = useState('')
  const flags = useQuery(flagSearchQuery(project, search.trim())).data?.flags ?? []
  const hypotheses = useQuery(hypothesesQuery(project)).data?.hypotheses ?? []
  const experiments = useQuery(experimentsQuery(project)).data?.experiments ?? []
  const cohorts = useQuery(cohortsQuery(project)).data?.cohorts ?? []
  const metrics = useQuery(metricsQuery(project)).data?.metrics ?? []
  useEffect(() => { spotlight.open() }, [])

  const go = (path: string) => () => { void navigate({ to: `/p/${project}${path}` }) }
  const actions: SpotlightActionGroupData[] = [
    { group: 'Commands', actions: [{ id: 'new-hypothesis', label: 'New hypothesis', leftSection: <IconPlus {...icon} />, onClick: go('/hypotheses/new') }, { id: 'new-cohort', label: 'New cohort', leftSection: <IconPlus {...icon} />, onClick: go('/cohorts/new') }, { id: 'ask-why', label: 'Ask why somebody got a variant', leftSection: <IconPlayerPlay {...icon} />, onClick: go('/playground') }] },
    { group: 'Pages', actions: navigation.flatMap((group) => group.items).map((item) => ({ id: `page-${item.label}`, label: item.label, leftSection: item.icon, onClick: go(item.path) })) },
    { group: 'Flags', actions: flags.map((flag) => ({ id: `flag-${flag.key}`, label: flag.name, description: flag.key, /* The server has found it, by whatever it is. */ keywords: search, leftSection: <IconFlag3 {...icon} />, onClick: go(`/flags/${encodeURIComponent(flag.key)}/targeting`) })) },
    { group: 'Hypotheses', actions: hypotheses.map((hypothesis) => ({ id: hypothesis.key, label: hypothesis.title, description: hypothesis.key, leftSection: <IconBulb {...icon} />, onClick: go(`/hypotheses/${hypothesis.key}`) })) },
    { group: 'Experiments', actions: experiments.map((experiment) => ({ id: experiment.key, label: experiment.title, description: experiment.key, leftSection: <IconFlask2 {...icon} />, onClick: go(`/experiments/${experiment.key}`) })) },
    { group: 'Cohorts', actions: cohorts.map((cohort) => ({ id: `cohort-${cohort.key}`, label: cohort.name, description: cohort.key, leftSection: <IconUsersGroup {...icon} />, onClick: go(`/cohorts/${cohort.key}`) })) },
    { group: 'Metrics', actions: metrics.map((metric) => ({ id: `metric-${metric.key}`, label: metric.name, description: metric.key, leftSection: <IconChartDots {...icon} />, onClick: go(`/metrics/${metric.key}`) })) },
  ]
  return (
    <Spotlight
      actions={actions}
      attributes={{ content: { 'aria-label': 'Search and commands' } }}
      classNames={{ action: css.action ?? '', actionsGroup: css.group ?? '' }}
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
      shortcut={null}
      query={search}
      onQueryChange={setSearch}
      onSpotlightClose={onClose}
      limit={24}
      scrollable
      maxHeight={440}
      size={620}
      overlayProps={{ blur: 2, backgroundOpacity: 0.36 }}
      nothingFound="Nothing matches. Try a flag key or the name of a hypothesis."
      searchProps={{ leftSection: <IconSearch size={17} />, placeholder: 'Search flags, hypotheses and experiments, or type a command', 'aria-label': 'Search or run a command' }}
    />
  )
}
