import { Checkbox, Tooltip } from '@mantine/core'
import { IconGitPullRequest } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import type { Environment, FlagSummary, FlagUsage } from '@assay/server/contract'
import { Ago } from '../../ui/ago.tsx'
import { Avatar } from '../../ui/avatar.tsx'
import { plural } from '../../ui/format.ts'
import { LevelGlyph, levelNames } from '../../ui/level-glyph.tsx'
import { flagColumns, type FlagColumn } from './column-priority.ts'
import { DecisionsCell } from './decisions-cell.tsx'
import { ElsewhereCell } from './elsewhere-cell.tsx'
import css from './flags-table.module.css'
import { KindIcon } from './kind-icon.tsx'
import { LifecycleCell } from './lifecycle-cell.tsx'
import { ProductionCell } from './production-cell.tsx'
import { TagsCell } from './tags-cell.tsx'

interface Props {
  flag: FlagSummary
  index: number
  measure: ((row: HTMLElement | null) => void) | undefined
  project: string
  environments: readonly Environment[]
  columns: ReadonlySet<FlagColumn>
  /** Undefined while it is not known. */
  usage: FlagUsage | undefined
  now: Date
  selected: boolean
  /** Left out for those who may change nothing. */
  onSelect: ((flag: string, withShift: boolean) => void) | undefined
}

/** One flag of the list. Drawn again only when something of its own changes. */
export const FlagRow = memo(function FlagRow({ flag, index, measure, columns, selected, onSelect, ...known }: Props) {
  return (
    <tr ref={measure} data-index={index} aria-rowindex={index + 2} data-selected={selected ? '' : undefined}>
      {onSelect ? (
        <td className={css.select}>
          <Checkbox size="xs" aria-label={`Select ${flag.name}`} checked={selected} onChange={(event) => { onSelect(flag.key, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey) }} />
        </td>
      ) : null}
      {flagColumns.filter(({ id }) => columns.has(id)).map(({ id }) => <td key={id}><Cell column={id} flag={flag} withTags={columns.has('tags')} {...known} /></td>)}
    </tr>
  )
})

type CellProps = Pick<Props, 'flag' | 'project' | 'environments' | 'usage' | 'now'> & { column: FlagColumn; withTags: boolean }

function Cell({ column, flag, withTags, project, environments, usage, now }: CellProps) {
  switch (column) {
    case 'flag':
      return (
        <div className={css.flagCell}>
          <KindIcon kind={flag.kind} />
          <div><Link to="/p/$project/flags/$flag/$tab" params={{ project, flag: flag.key, tab: 'targeting' }}>{flag.name}</Link><span className={css.under}><code>{flag.key}</code>{flag.tags.length > 0 && !withTags ? <small>{flag.tags.join(', ')}</small> : null}</span></div>
          {flag.openChanges > 0 ? <OpenChanges n={flag.openChanges} /> : null}
        </div>
      )
    case 'production':
      return <ProductionCell flag={flag} environments={environments.filter((environment) => environment.production)} />
    case 'elsewhere':
      return <ElsewhereCell flag={flag} environments={environments.filter((environment) => !environment.production)} />
    case 'decisions':
      return <DecisionsCell usage={usage} environments={environments} />
    case 'testing':
      return flag.experiment === null ? <span className="sr">No hypothesis</span> : (
        <Link to="/p/$project/hypotheses/$hypothesis" params={{ project, hypothesis: flag.experiment.hypothesis }} className={css.testingCell}>
          <LevelGlyph level={flag.experiment.level} size={17} />
          <span><b>{flag.experiment.hypothesis}</b> {flag.experiment.title}<span className="sr">, {levelNames[flag.experiment.level - 1]}</span></span>
        </Link>
      )
    case 'state':
      return <LifecycleCell flag={flag} lifecycle={usage?.lifecycle} now={now} />
    case 'tags':
      return flag.tags.length === 0 ? <span className="sr">No tags</span> : <TagsCell tags={flag.tags} project={project} />
    case 'owner':
      return flag.owner === null ? <span className="muted">Nobody</span> : <span className={css.person}><Avatar name={flag.owner} size={20} /><span>{flag.owner}</span></span>
    case 'change':
      return <span className={css.person}><Avatar name={flag.changedBy} size={20} /><Ago at={flag.changedAt} /></span>
  }
}

function OpenChanges({ n }: { n: number }) {
  const label = `${plural(n, 'change')} waiting for review or for its time`
  return <Tooltip label={label}><span className={css.open} role="img" aria-label={label}><IconGitPullRequest size={13} />{n}</span></Tooltip>
}
