import type { Environment, FlagSummary } from '@assay/server/contract'
import { plural } from '../../ui/format.ts'
import { namingOf } from '../../ui/serve/naming.ts'
import { servedParts, serveText } from '../../ui/serve/serve-words.ts'
import { SplitBar } from '../../ui/split-bar.tsx'
import css from './state-cells.module.css'

interface Props {
  flag: FlagSummary
  environments: readonly Environment[]
}

/** What production gets: off, or what everybody gets whom no rule serves, and how many rules come before. */
export function ProductionCell({ flag, environments }: Props) {
  const naming = namingOf(flag.variants)
  return (
    <span className={css.cells}>
      {environments.map((environment) => {
        const state = flag.environments.find((item) => item.environment === environment.key)
        if (!state?.enabled) return <span key={environment.key} className={`${css.cell} ${css.off}`}><i className={css.dot} aria-hidden />Off</span>
        return (
          <span key={environment.key} className={css.cell}>
            <i className={`${css.dot} ${css.on}`} aria-hidden />On
            <SplitBar parts={servedParts(state.fallthrough, naming)} width={44} height={5} />
            <span className={css.words}>{state.rules === 0 ? serveText(state.fallthrough, naming) : `${plural(state.rules, 'rule')}, else ${serveText(state.fallthrough, naming)}`}</span>
          </span>
        )
      })}
    </span>
  )
}
