import { IconFlask2, IconKey, IconRocket, IconToggleRight } from '@tabler/icons-react'
import type { FlagKind } from '@assay/server/contract'

export const kindNames: Readonly<Record<FlagKind, string>> = { release: 'Release', experiment: 'Experiment', operational: 'Operational', permission: 'Permission' }

export const kindIcons = { release: IconRocket, experiment: IconFlask2, operational: IconToggleRight, permission: IconKey } as const

/** What each kind is for, and so how long it stays. */
export const kindSentences: Readonly<Record<FlagKind, string>> = {
  release: 'Separates releasing from deploying. Removed once everybody has it.',
  experiment: 'Answers a hypothesis. Removed once it is decided.',
  operational: 'Switches a part of the service off under load. Stays.',
  permission: 'Gives some customers what others do not have. Stays.',
}

export const kinds: readonly FlagKind[] = ['release', 'experiment', 'operational', 'permission']

export function isKind(value: string | undefined): value is FlagKind {
  return kinds.some((kind) => kind === value)
}
