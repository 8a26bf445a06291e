import { useState } from 'react'
import { useProject } from '../../api/project.ts'
import type { PreviewScope } from './metric-insight-queries.ts'

/** Long enough for a window of a week to be over for half of the people. */
const DAYS = 28

/** Where people are: production, until somebody looks elsewhere. */
export function usePreviewScope(): readonly [PreviewScope, (change: Partial<PreviewScope>) => void] {
  const { environments, unitTypes } = useProject()
  const [chosen, setChosen] = useState<Partial<PreviewScope>>({})
  const environment = environments.find(({ production }) => production) ?? environments[0]
  const scope = { environment: environment?.key ?? '', unitType: unitTypes[0]?.key ?? '', days: DAYS, ...chosen }
  return [scope, (change) => { setChosen({ ...chosen, ...change }) }]
}
