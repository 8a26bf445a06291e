import { Button, CopyButton, SegmentedControl } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconCheck, IconHistory, IconLink } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { cohortsQuery, flagNamesQuery, flagQuery } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { askedAttributes } from '../../ui/condition/asked-attributes.ts'
import { EnvTag } from '../../ui/env-tag.tsx'
import { FlagPicker } from '../../ui/flag-picker/flag-picker.tsx'
import { count, dateTime } from '../../ui/format.ts'
import { Loading } from '../../ui/loading.tsx'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import { usePreferredEnvironment } from '../../ui/preferred-environment/use-preferred-environment.ts'
import { namingOf } from '../../ui/serve/naming.ts'
import { Top } from '../../ui/top.tsx'
import { draftOf, readDraft, type ContextDraft } from './context-draft.ts'
import type { When } from './past-field.tsx'
import css from './playground-page.module.css'
import { answerQuery } from './playground-queries.ts'
import type { PlaygroundSearch } from './playground-search.ts'
import { ruleNameOf } from './reason-words.ts'
import { useUrlDraft } from './use-url-draft.ts'

const AllFlagsPanel = lazy(async () => ({ default: (await import('./all-flags-panel.tsx')).AllFlagsPanel }))
const ContextEditor = lazy(async () => ({ default: (await import('./context-editor.tsx')).ContextEditor }))
const DecisionPanel = lazy(async () => ({ default: (await import('./decision-panel.tsx')).DecisionPanel }))
const PastField = lazy(async () => ({ default: (await import('./past-field.tsx')).PastField }))

/** What a context gets, anywhere and at any time, and why. */
export function PlaygroundPage() {
  const project = useProject()
  const search = useSearch({ from: '/signed-in/p/$project/playground' })
  const navigate = useNavigate({ from: '/p/$project/playground' })
  const set = (part: Partial<PlaygroundSearch>) => { void navigate({ search: (old) => ({ ...old, ...part }), replace: true }) }

  const environment = usePreferredEnvironment(search.env)
  // The address alone has to give the same answer to others.
  useEffect(() => { if (search.env === undefined && environment) void navigate({ search: (old) => ({ ...old, env: environment.key }), replace: true }) }, [search.env, environment, navigate])

  const [draft, setDraft] = useUrlDraft<ContextDraft>(JSON.stringify(search.context ?? {}), () => draftOf(search.context ?? {}), (next) => {
    const read = readDraft(next)
    return 'problem' in read ? null : JSON.stringify(read.context)
  })
  const change = (next: ContextDraft) => {
    setDraft(next)
    const read = readDraft(next)
    if (!('problem' in read)) set({ context: Object.keys(read.context).length === 0 ? undefined : read.context })
  }
  const when: When = search.version === undefined ? (search.at === undefined ? { kind: 'now' } : { kind: 'at', at: search.at }) : { kind: 'version', version: search.version }
  const [context] = useDebouncedValue(search.context ?? {}, 250)

  const question = { context, flag: search.flag, at: search.at, version: search.version }
  const answer = useQuery({ ...answerQuery(project.key, environment?.key ?? '', question), enabled: environment !== undefined })
  const now = useQuery({ ...answerQuery(project.key, environment?.key ?? '', { context, flag: search.flag, at: undefined, version: undefined }), enabled: environment !== undefined && search.flag !== undefined && answer.data?.newest === false })
  const flags = useQuery({ ...flagNamesQuery(project.key), enabled: search.flag === undefined }).data?.flags ?? []
  const cohorts = useQuery(cohortsQuery(project.key)).data?.cohorts ?? []
  const detail = useQuery({ ...flagQuery(project.key, search.flag ?? ''), enabled: search.flag !== undefined, retry: false }).data
  const rules = detail?.environments.find((state) => state.environment === environment?.key)?.targeting.rules ?? []
  const naming = namingOf(detail?.variants ?? [], cohorts)
  if (!environment) return null

  const units = project.unitTypes.map(({ key, attribute }) => ({ path: key === 'user' ? 'targetingKey' : attribute, kind: 'text' as const, hint: key === 'user' ? 'Who it is about' : `Which ${key} it is about` }))
  const asked = [...units, ...rules.flatMap((rule) => askedAttributes(rule.when, cohorts))].filter(({ path }, index, all) => all.findIndex((other) => other.path === path) === index)
  const single = search.flag === undefined ? undefined : answer.data?.results.find(({ flag }) => flag === search.flag)
  const read = readDraft(draft)
  const warning = 'problem' in read ? 'The context cannot be read yet. The answer is for what it was before.' : read.problems.size > 0 ? 'What cannot be read is left out of the question.' : null

  return (
    <>
      <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, { label: 'Playground' }]}>
        <CopyButton value={window.location.href}>
          {({ copied, copy }) => <Button variant="subtle" size="compact-sm" leftSection={copied ? <IconCheck size={14} /> : <IconLink size={14} />} onClick={copy}>{copied ? 'Copied' : 'Copy link'}</Button>}
        </CopyButton>
      </Top>
      <Page wide title="Playground" lead="What somebody gets from a flag, now or on a day in the past, and why.">
        <div className={css.layout}>
          <div>
            <Panel title="Where and when">
              <div className={css.where}>
                <SegmentedControl fullWidth aria-label="Environment" data={project.environments.map(({ key, name }) => ({ value: key, label: name }))} value={environment.key} onChange={(env) => { set({ env, version: undefined }) }} />
                <FlagPicker label="Flag" placeholder="All flags" value={search.flag ?? null} clearable clearButtonProps={{ 'aria-label': 'All flags' }} onChange={(flag) => { set({ flag: flag?.key }) }} />
                <Suspense><PastField project={project.key} environment={environment.key} when={when} version={answer.data?.version} onChange={(next) => { set({ at: next.kind === 'at' ? next.at : undefined, version: next.kind === 'version' ? next.version : undefined }) }} /></Suspense>
              </div>
            </Panel>
            <Suspense fallback={<Loading rows={3} />}><ContextEditor draft={draft} asked={asked} hints={new Map(units.map(({ path, hint }) => [path, hint]))} onChange={change} /></Suspense>
          </div>
          <div aria-live="polite" aria-busy={answer.isFetching}>
            {warning === null ? null : <div className={css.notice}><Notice tone="warn">{warning}</Notice></div>}
            {answer.isError ? <Panel title="No answer"><Notice tone="danger" alert><b>This could not be decided.</b> {messageOf(answer.error)}</Notice></Panel> : !answer.data ? <Loading rows={4} /> : (
              <>
                {answer.data.newest ? null : (
                  <div className={css.notice}>
                    <Notice icon={<IconHistory size={16} aria-hidden />}>
                      <b>This is the past.</b> Version {count(answer.data.version)} went live {dateTime(answer.data.publishedAt)}. {search.flag === undefined || !now.data ? null : nowText(now.data.results.find(({ flag }) => flag === search.flag)?.variant ?? null, single?.variant ?? null, naming.variant)}{' '}
                      <Link to="/p/$project/playground" params={{ project: project.key }} search={{ ...search, at: undefined, version: undefined }} replace>Ask about now</Link>
                    </Notice>
                  </div>
                )}
                {single ? (
                  <Suspense fallback={<Loading rows={3} />}><DecisionPanel title={detail?.name ?? single.flag} result={single} naming={naming} ruleName={ruleNameOf(rules, single.ruleId)} aside={<Served name={environment.name} production={environment.production} version={answer.data.version} />} /></Suspense>
                ) : (
                  <Suspense fallback={<Loading rows={3} />}><AllFlagsPanel results={answer.data.results} flags={flags} search={search.q ?? ''} onSearch={(q) => { set({ q: q === '' ? undefined : q }) }} onFlag={(flag) => { set({ flag }) }} aside={<Served name={environment.name} production={environment.production} version={answer.data.version} />} /></Suspense>
                )}
              </>
            )}
          </div>
        </div>
      </Page>
    </>
  )
}

function Served({ name, production, version }: { name: string; production: boolean; version: number }) {
  return <><EnvTag name={name} production={production} /><span className="muted num">Version {count(version)}</span></>
}

function nowText(now: string | null, then: string | null, nameOf: (variant: string) => string): string {
  if (now === then) return 'It gets the same now.'
  return now === null ? 'Now it gets the default in the caller’s code.' : `Now it gets ${nameOf(now)}.`
}
