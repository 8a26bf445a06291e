import { Tooltip } from '@mantine/core'
import type { FlagKind } from '@assay/server/contract'
import css from './kind-icon.module.css'
import { kindIcons, kindNames } from './kinds.ts'

export function KindIcon({ kind }: { kind: FlagKind }) {
  const Icon = kindIcons[kind]
  return (
    <Tooltip label={`${kindNames[kind]} flag`}>
      <span className={css.kind} role="img" aria-label={`${kindNames[kind]} flag`}><Icon size={16} stroke={1.7} /></span>
    </Tooltip>
  )
}
