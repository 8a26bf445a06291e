import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { createColumnHelper, createSortedRowModel, rowSortingFeature, sortFns, tableFeatures, useTable } from '@tanstack/react-table'
import { useMemo } from 'react'
import type { Environment, FlagSummary } from '@assay/server/contract'
import { Ago } from '../../ui/ago.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { LevelGlyph, levelNames } from '../../ui/level-glyph.tsx'
import { ElsewhereCell } from './elsewhere-cell.tsx'
import css from './flags-table.module.css'
import { KindIcon } from './kind-icon.tsx'
import { ProductionCell } from './production-cell.tsx'

interface Props {
  flags: readonly FlagSummary[]
  environments: readonly Environment[]
  project: string
  /** Titles of hypotheses by their key. */
  titles: ReadonlyMap<string, string>
  /** How many rows to show. */
  limit: number
}

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel(), sortFns })
const column = createColumnHelper<typeof features, FlagSummary>()

/** The flags of a project: what production gets, what is on elsewhere, and which hypothesis each answers. */
export function FlagsTable({ flags, environments, project, titles, limit }: Props) {
  const columns = useMemo(() => {
    const production = environments.filter((environment) => environment.production)
    const isOn = (flag: FlagSummary) => flag.environments.filter(({ environment, enabled }) => enabled && production.some(({ key }) => key === environment)).length
    return column.columns([
      column.accessor('name', {
        header: 'Flag',
        cell: ({ row: { original: flag } }) => (
          <div className={css.flag}>
            <KindIcon kind={flag.kind} />
            <div><Link to="/p/$project/flags/$flag/$tab" params={{ project, flag: flag.key, tab: 'targeting' }}>{flag.name}</Link><code>{flag.key}</code></div>
          </div>
        ),
      }),
      column.accessor(isOn, { id: 'production', header: 'Production', cell: ({ row: { original: flag } }) => <ProductionCell flag={flag} environments={production} /> }),
      column.display({ id: 'elsewhere', header: 'Elsewhere', cell: ({ row: { original: flag } }) => <ElsewhereCell flag={flag} environments={environments.filter((environment) => !environment.production)} /> }),
      column.accessor((flag) => flag.experiment?.hypothesis ?? '', {
        id: 'testing',
        header: 'Testing',
        cell: ({ row: { original: { experiment } } }) => (experiment ? (
          <Link to="/p/$project/hypotheses/$hypothesis" params={{ project, hypothesis: experiment.hypothesis }} className={css.testing}>
            <LevelGlyph level={experiment.level} size={17} />
            <span><b>{experiment.hypothesis}</b> {titles.get(experiment.hypothesis) ?? ''}<span className="sr">, {levelNames[experiment.level - 1]}</span></span>
          </Link>
        ) : <span className="sr">No hypothesis</span>),
      }),
      column.accessor('changedAt', { header: 'Last change', cell: ({ row: { original: flag } }) => <span className={css.change}><Avatar name={flag.changedBy} size={20} /><Ago at={flag.changedAt} /></span> }),
    ])
  }, [environments, project, titles])
  const data = useMemo(() => [...flags], [flags])
  const table = useTable({ features, columns, data })
  return (
    <div className="tablewrap" tabIndex={0} role="region" aria-label="Flags table">
      <table className={`table ${css.table}`}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => {
                const sorted = header.column.getIsSorted()
                return (
                  <th key={header.id} scope="col" className={css[header.column.id]} aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : undefined}>
                    {header.column.getCanSort() ? <button type="button" onClick={header.column.getToggleSortingHandler()}><table.FlexRender header={header} />{sorted === 'asc' ? <IconArrowUp size={12} aria-hidden /> : sorted === 'desc' ? <IconArrowDown size={12} aria-hidden /> : null}</button> : <table.FlexRender header={header} />}
                  </th>
                )
              })}
            </tr>
          ))}
        </thead>
        <tbody>{table.getRowModel().rows.slice(0, limit).map((row) => <tr key={row.id}>{row.getAllCells().map((cell) => <td key={cell.id} className={css[cell.column.id]}><table.FlexRender cell={cell} /></td>)}</tr>)}</tbody>
      </table>
    </div>
  )
}
