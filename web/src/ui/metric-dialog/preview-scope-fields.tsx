import { Select } from '@mantine/core'
import { useProject } from '../../api/project.ts'
import type { PreviewScope } from './metric-insight-queries.ts'
import css from './metric-preview.module.css'

const days = [7, 14, 28, 56, 90]

/** Whose events are looked at, and how far back. */
export function PreviewScopeFields({ scope, onChange }: { scope: PreviewScope; onChange: (change: Partial<PreviewScope>) => void }) {
  const { environments, unitTypes } = useProject()
  return (
    <div className={css.scope}>
      <Select size="xs" aria-label="Environment of the preview" allowDeselect={false} data={environments.map(({ key, name }) => ({ value: key, label: name }))} value={scope.environment} onChange={(environment) => { if (environment !== null) onChange({ environment }) }} />
      {unitTypes.length < 2 ? null : <Select size="xs" aria-label="Unit of the preview" allowDeselect={false} data={unitTypes.map(({ key }) => key)} value={scope.unitType} onChange={(unitType) => { if (unitType !== null) onChange({ unitType }) }} />}
      <Select size="xs" aria-label="Days of the preview" allowDeselect={false} data={days.map((n) => ({ value: String(n), label: `${n} days` }))} value={String(scope.days)} onChange={(value) => { if (value !== null) onChange({ days: Number(value) }) }} />
    </div>
  )
}
