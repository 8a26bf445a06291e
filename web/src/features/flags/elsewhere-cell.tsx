import { Tooltip } from '@mantine/core'
import type { Environment, FlagSummary } from '@assay/server/contract'
import { namingOf } from '../../ui/serve/naming.ts'
import { seriesColour } from '../../ui/split-bar.tsx'
import { servedShare } from './served-share.ts'
import css from './state-cells.module.css'

interface Props {
  flag: FlagSummary
  environments: readonly Environment[]
}

/** The other environments, each on or off; one that splits shows its shares along its lower edge. */
export function ElsewhereCell({ flag, environments }: Props) {
  const naming = namingOf(flag.variants)
  return (
    <span className={css.others}>
      {environments.map(({ key, name }) => {
        const state = flag.environments.find(({ environment }) => environment === key)
        const { parts, words } = servedShare(state, naming)
        const label = `${name}: ${parts.length === 0 ? 'off' : `on, ${words}`}`
        return (
          <Tooltip key={key} label={label}>
            <span className={parts.length > 0 ? `${css.other} ${css.otherOn}` : css.other} role="img" aria-label={label}>
              {shortName(name)}
              {state?.enabled && state.split ? <i className={css.edge}>{parts.map((part) => <i key={part.label} style={{ width: `${part.share * 100}%`, background: seriesColour(part.series) }} />)}</i> : null}
            </span>
          </Tooltip>
        )
      })}
    </span>
  )
}

/** `Staging` is `Stg`, `Development` is `Dev`. */
function shortName(name: string): string {
  return name === 'Staging' ? 'Stg' : name.slice(0, 3)
}
