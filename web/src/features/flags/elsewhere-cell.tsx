import { Tooltip } from '@mantine/core'
import type { Environment, FlagSummary } from '@assay/server/contract'
import css from './state-cells.module.css'

interface Props {
  flag: FlagSummary
  environments: readonly Environment[]
}

/** The other environments, each on or off. */
export function ElsewhereCell({ flag, environments }: Props) {
  return (
    <span className={css.others}>
      {environments.map(({ key, name }) => {
        const on = flag.environments.some((state) => state.environment === key && state.enabled)
        const label = `${name}: ${on ? 'on' : 'off'}`
        return <Tooltip key={key} label={label}><span className={on ? `${css.other} ${css.otherOn}` : css.other} role="img" aria-label={label}>{shortName(name)}</span></Tooltip>
      })}
    </span>
  )
}

/** `Staging` is `Stg`, `Development` is `Dev`. */
function shortName(name: string): string {
  return name === 'Staging' ? 'Stg' : name.slice(0, 3)
}
