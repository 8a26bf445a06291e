import { Tooltip } from '@mantine/core'
import type { Environment, FlagSummary } from '@assay/server/contract'
import { namingOf } from '../../ui/serve/naming.ts'
import { SplitBar } from '../../ui/split-bar.tsx'
import { servedShare } from './served-share.ts'
import css from './state-cells.module.css'

interface Props {
  flag: FlagSummary
  environments: readonly Environment[]
}

/** What production gets: off, or the share that meets anything but control, as a number and a bar. */
export function ProductionCell({ flag, environments }: Props) {
  const naming = namingOf(flag.variants)
  return (
    <span className={css.cells}>
      {environments.map((environment) => {
        const { short, parts, words } = servedShare(flag.environments.find((item) => item.environment === environment.key), naming)
        if (parts.length === 0) return <span key={environment.key} className={`${css.cell} ${css.off}`}><i className={css.dot} aria-hidden />Off</span>
        return (
          <Tooltip key={environment.key} label={environments.length > 1 ? `${environment.name}: ${words}` : words}>
            <span className={css.cell}>
              <i className={`${css.dot} ${css.on}`} aria-hidden />
              <span className={css.short}>{short}</span>
              <SplitBar parts={parts} width={44} height={5} />
              <span className="sr">, {words}</span>
            </span>
          </Tooltip>
        )
      })}
    </span>
  )
}
