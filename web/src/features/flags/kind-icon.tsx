import { Tooltip } from '@mantine/core'
import { IconFlask2, IconKey, IconRocket, IconToggleRight } from '@tabler/icons-react'
import type { FlagKind } from '@assay/server/contract'
import css from './kind-icon.module.css'
import { kindNames } from './kinds.ts'

const icons = { release: IconRocket, experiment: IconFlask2, operational: IconToggleRight, permission: IconKey } as const

export function KindIcon({ kind }: { kind: FlagKind }) {
  const Icon = icons[kind]
  return (
    <Tooltip label={`${kindNames[kind]} flag`}>
      <span className={css.kind} role="img" aria-label={`${kindNames[kind]} flag`}><Icon size={16} stroke={1.7} /></span>
    </Tooltip>
  )
}
