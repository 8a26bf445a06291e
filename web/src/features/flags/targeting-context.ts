import type { FlagVariant, Layer } from '@assay/server/contract'
import type { CohortOption } from '../../ui/condition/cohort-row.tsx'
import type { Naming } from '../../ui/serve/naming.ts'

/** What every part of the targeting editor needs to know. */
export interface TargetingContext {
  project: string
  flag: string
  environment: string
  variants: readonly FlagVariant[]
  offVariant: string | null
  unitTypes: readonly string[]
  cohorts: readonly CohortOption[]
  layers: readonly Layer[]
  naming: Naming
  mayEdit: boolean
}
