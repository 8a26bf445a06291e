import type { RulesetRevision } from '@assay/server/contract'
import { ActionIcon, Button, SegmentedControl, Select, TextInput } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { dateTime, dateTimeUtc } from '../../ui/format.ts'
import { messageOf } from '../../ui/message-of.ts'
import { localTimeOf, ownTimeZone, instantOf } from '../../ui/schedule/zoned-time.ts'
import css from './past-field.module.css'
import { rulesetsQuery } from './playground-queries.ts'

export type When = { kind: 'now' } | { kind: 'at'; at: string } | { kind: 'version'; version: number }

interface Props {
  project: string
  environment: string
  when: When
  /** Version that the answer was made of. */
  version: number | undefined
  onChange: (when: When) => void
}

/** Now, at a time, or at a version: what was live then. */
export function PastField({ project, environment, when, version, onChange }: Props) {
  return (
    <div className={css.field}>
      <SegmentedControl
        aria-label="When"
        fullWidth
        data={[{ value: 'now', label: 'Now' }, { value: 'at', label: 'At a time' }, { value: 'version', label: 'A version' }]}
        value={when.kind}
        onChange={(kind) => { onChange(kind === 'at' ? { kind, at: new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString() } : kind === 'version' ? { kind, version: version ?? 0 } : { kind: 'now' }) }}
      />
      {when.kind === 'at' ? <TimeInput key={environment} at={when.at} onChange={(at) => { onChange({ kind: 'at', at }) }} /> : null}
      {when.kind === 'version' ? <VersionInput project={project} environment={environment} version={when.version} onChange={(next) => { onChange({ kind: 'version', version: next }) }} /> : null}
    </div>
  )
}

function TimeInput({ at, onChange }: { at: string; onChange: (at: string) => void }) {
  const zone = ownTimeZone()
  const [typed, setTyped] = useState({ at, text: localTimeOf(new Date(at), zone) })
  const text = typed.at === at ? typed.text : localTimeOf(new Date(at), zone)
  return (
    <TextInput
      type="datetime-local"
      label="What was live at"
      description={`By your clocks, ${zone}: ${dateTimeUtc(at)}`}
      value={text}
      max={localTimeOf(new Date(), zone)}
      onChange={(event) => {
        const next = event.currentTarget.value.slice(0, 16)
        const instant = instantOf(next, zone)?.toISOString()
        setTyped({ at: instant ?? at, text: next })
        if (instant !== undefined) onChange(instant)
      }}
    />
  )
}

function VersionInput({ project, environment, version, onChange }: { project: string; environment: string; version: number; onChange: (version: number) => void }) {
  const query = useInfiniteQuery(rulesetsQuery(project, environment))
  const known = query.data?.pages.flatMap(({ rulesets }) => rulesets) ?? []
  const index = known.findIndex((ruleset) => ruleset.version === version)
  const step = (by: number): RulesetRevision | undefined => (index < 0 ? undefined : known[index + by])
  const [older, newer] = [step(1), step(-1)]
  const options = known.map((ruleset) => ({ value: String(ruleset.version), label: `Version ${ruleset.version}, ${dateTime(ruleset.createdAt)}` }))
  return (
    <div>
      <div className={css.version}>
        <Select
          className={css.select ?? ''}
          label="What was live as"
          data={index < 0 && !query.isPending ? [{ value: String(version), label: `Version ${version}` }, ...options] : options}
          value={String(version)}
          searchable
          allowDeselect={false}
          maxDropdownHeight={280}
          nothingFoundMessage="No such version among those loaded"
          onChange={(next) => { if (next !== null) onChange(Number(next)) }}
        />
        <ActionIcon variant="default" size={32} aria-label="Version before" disabled={older === undefined} onClick={() => { if (older) onChange(older.version) }}><IconChevronLeft size={16} /></ActionIcon>
        <ActionIcon variant="default" size={32} aria-label="Version after" disabled={newer === undefined} onClick={() => { if (newer) onChange(newer.version) }}><IconChevronRight size={16} /></ActionIcon>
      </div>
      {query.isError ? <p className={css.problem} role="alert">The versions could not be listed: {messageOf(query.error)}</p> : null}
      {query.hasNextPage ? <Button className={css.more ?? ''} variant="default" size="compact-sm" loading={query.isFetchingNextPage} onClick={() => { void query.fetchNextPage() }}>Load older versions</Button> : null}
    </div>
  )
}
