import { Checkbox, Tooltip } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconGitPullRequest } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { createColumnHelper, createSortedRowModel, rowSortingFeature, sortFns, tableFeatures, useTable } from '@tanstack/react-table'
import { useMemo, useState } from 'react'
import type { Environment, FlagSummary, FlagUsage } from '@assay/server/contract'
import { Ago } from '../../ui/ago.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { plural } from '../../ui/format.ts'
import { LevelGlyph, levelNames } from '../../ui/level-glyph.tsx'
import { useWidth } from '../../ui/use-width.ts'
import { columnsFor } from './column-priority.ts'
import { DecisionsCell } from './decisions-cell.tsx'
import { ElsewhereCell } from './elsewhere-cell.tsx'
import css from './flags-table.module.css'
import { hourlyDecisions } from './hourly-decisions.ts'
import { KindIcon } from './kind-icon.tsx'
import { LifecycleCell } from './lifecycle-cell.tsx'
import { lifecycleStates } from './lifecycle.ts'
import { ProductionCell } from './production-cell.tsx'
import { moveAlongRows } from './row-keys.ts'
import { selectRow } from './select-rows.ts'
import { TagsCell } from './tags-cell.tsx'

interface Props {
  flags: readonly FlagSummary[]
  environments: readonly Environment[]
  project: string
  /** Titles of hypotheses by their key. */
  titles: ReadonlyMap<string, string>
  /** Lifecycle and decisions by the key of the flag; empty where they are not known. */
  usage: ReadonlyMap<string, FlagUsage>
  now: Date
  /** How many rows to show. */
  limit: number
  selected: ReadonlySet<string>
  /** Left out for those who may change nothing. */
  onSelect?: ((selected: ReadonlySet<string>) => void) | undefined
}

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel(), sortFns })
const column = createColumnHelper<typeof features, FlagSummary>()

/** The flags of a project: what production gets, how often they are decided, and where each is in its life. */
export function FlagsTable({ flags, environments, project, titles, usage, now, limit, selected, onSelect }: Props) {
  const [ref, width] = useWidth<HTMLDivElement>(1100)
  const [pressed, setPressed] = useState<string | null>(null)
  const shown: ReadonlySet<string> = columnsFor(width)
  // Without room for their column, tags stand under the name.
  const withTags = shown.has('tags')
  const columns = useMemo(() => {
    const production = environments.filter((environment) => environment.production)
    const isOn = (flag: FlagSummary) => flag.environments.filter(({ environment, enabled }) => enabled && production.some(({ key }) => key === environment)).length
    const decisions = (flag: FlagSummary) => { const known = usage.get(flag.key); return known ? hourlyDecisions(known).total : -1 }
    const stage = (flag: FlagSummary) => { const known = usage.get(flag.key); return known ? lifecycleStates.indexOf(known.lifecycle.state) : -1 }
    return column.columns([
      column.accessor('name', {
        id: 'flag',
        header: 'Flag',
        cell: ({ row: { original: flag } }) => (
          <div className={css.flagCell}>
            <KindIcon kind={flag.kind} />
            <div><Link to="/p/$project/flags/$flag/$tab" params={{ project, flag: flag.key, tab: 'targeting' }}>{flag.name}</Link><span className={css.under}><code>{flag.key}</code>{flag.tags.length > 0 && !withTags ? <small>{flag.tags.join(', ')}</small> : null}</span></div>
            {flag.openChanges > 0 ? <OpenChanges n={flag.openChanges} /> : null}
          </div>
        ),
      }),
      column.accessor(isOn, { id: 'production', header: 'Production', cell: ({ row: { original: flag } }) => <ProductionCell flag={flag} environments={production} /> }),
      column.display({ id: 'elsewhere', header: 'Elsewhere', cell: ({ row: { original: flag } }) => <ElsewhereCell flag={flag} environments={environments.filter((environment) => !environment.production)} /> }),
      column.accessor(decisions, { id: 'decisions', header: 'Decisions, 24 h', cell: ({ row: { original: flag } }) => <DecisionsCell usage={usage.get(flag.key)} environments={environments} /> }),
      column.accessor((flag) => flag.experiment?.hypothesis ?? '', {
        id: 'testing',
        header: 'Testing',
        cell: ({ row: { original: { experiment } } }) => (experiment ? (
          <Link to="/p/$project/hypotheses/$hypothesis" params={{ project, hypothesis: experiment.hypothesis }} className={css.testingCell}>
            <LevelGlyph level={experiment.level} size={17} />
            <span><b>{experiment.hypothesis}</b> {titles.get(experiment.hypothesis) ?? ''}<span className="sr">, {levelNames[experiment.level - 1]}</span></span>
          </Link>
        ) : <span className="sr">No hypothesis</span>),
      }),
      column.accessor(stage, { id: 'state', header: 'State', cell: ({ row: { original: flag } }) => <LifecycleCell flag={flag} lifecycle={usage.get(flag.key)?.lifecycle} now={now} /> }),
      column.display({ id: 'tags', header: 'Tags', cell: ({ row: { original: flag } }) => (flag.tags.length === 0 ? <span className="sr">No tags</span> : <TagsCell tags={flag.tags} project={project} />) }),
      column.accessor((flag) => flag.owner ?? '', { id: 'owner', header: 'Owner', cell: ({ row: { original: { owner } } }) => (owner === null ? <span className="muted">Nobody</span> : <span className={css.person}><Avatar name={owner} size={20} /><span>{owner}</span></span>) }),
      column.accessor('changedAt', { id: 'change', header: 'Last change', cell: ({ row: { original: flag } }) => <span className={css.person}><Avatar name={flag.changedBy} size={20} /><Ago at={flag.changedAt} /></span> }),
    ])
  }, [environments, project, titles, usage, now, withTags])
  const data = useMemo(() => [...flags], [flags])
  const table = useTable({ features, columns, data })
  const rows = table.getRowModel().rows.slice(0, limit)
  const keys = rows.map((row) => row.original.key)
  const all = keys.length > 0 && keys.every((key) => selected.has(key))

  return (
    <div ref={ref} className={`tablewrap ${css.wrap}`} tabIndex={0} role="region" aria-label="Flags table" onKeyDown={moveAlongRows}>
      <table className={`table ${css.table}`}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {onSelect ? <th scope="col" className={css.select}><Checkbox size="xs" aria-label="Select all flags shown" checked={all} indeterminate={!all && keys.some((key) => selected.has(key))} onChange={() => { onSelect(new Set(all ? [] : keys)) }} /></th> : null}
              {group.headers.filter((header) => shown.has(header.column.id)).map((header) => {
                const sorted = header.column.getIsSorted()
                return (
                  <th key={header.id} scope="col" aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : undefined}>
                    {header.column.getCanSort() ? <button type="button" onClick={header.column.getToggleSortingHandler()}><table.FlexRender header={header} />{sorted === 'asc' ? <IconArrowUp size={12} aria-hidden /> : sorted === 'desc' ? <IconArrowDown size={12} aria-hidden /> : null}</button> : <table.FlexRender header={header} />}
                  </th>
                )
              })}
            </tr>
          ))}
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} data-selected={selected.has(row.original.key) ? '' : undefined}>
              {onSelect ? (
                <td className={css.select}>
                  <Checkbox size="xs" aria-label={`Select ${row.original.name}`} checked={selected.has(row.original.key)} onChange={(event) => {
                    const withShift = event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey
                    onSelect(selectRow(selected, keys, row.original.key, withShift ? pressed : null))
                    setPressed(row.original.key)
                  }} />
                </td>
              ) : null}
              {row.getAllCells().filter((cell) => shown.has(cell.column.id)).map((cell) => <td key={cell.id}><table.FlexRender cell={cell} /></td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function OpenChanges({ n }: { n: number }) {
  const label = `${plural(n, 'change')} waiting for review or for its time`
  return <Tooltip label={label}><span className={css.open} role="img" aria-label={label}><IconGitPullRequest size={13} />{n}</span></Tooltip>
}
