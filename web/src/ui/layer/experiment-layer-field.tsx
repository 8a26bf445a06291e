import type { ExperimentSetup } from '@assay/server/contract'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { layersQuery } from '../../api/project-queries.ts'
import { useProjectKey } from '../../api/project.ts'
import { messageOf } from '../message-of.ts'
import { Notice } from '../notice.tsx'
import { LayerField } from './layer-field.tsx'
import css from './layer-field.module.css'
import { partMeaning } from './part-meaning.ts'

interface Props {
  setup: Pick<ExperimentSetup, 'environment' | 'unitType'> & { flag: string; layer?: ExperimentSetup['layer'] }
  /** Share let in, of one; null while it is not a number. */
  coverage: number | null
  error?: string | undefined
  onChange: (layer: ExperimentSetup['layer']) => void
}

/** The part of a layer that an experiment is to take: none, or what is free in its environment. */
export function ExperimentLayerField({ setup: { flag, environment, unitType, layer }, coverage, error, onChange }: Props) {
  const project = useProjectKey()
  const known = useQuery(layersQuery(project))
  if (known.error) return <Notice tone="warn"><p>The layers could not be loaded. {messageOf(known.error)}</p><Button variant="default" size="compact-sm" mt={6} onClick={() => { void known.refetch() }}>Try again</Button></Notice>
  if (!known.data) return <p className={css.none} role="status">Loading the layers</p>
  const { layers } = known.data
  if (layer === undefined && !layers.some(({ unit }) => unit === unitType)) {
    return <p className={css.none}>No layer divides by {unitType}. A layer keeps experiments from sharing people; create one under <Link to="/p/$project/layers" params={{ project }}>Layers</Link>.</p>
  }
  return <LayerField range={layer} layers={layers} place={{ flag, environment }} owner="This experiment" meaning={layer ? partMeaning(layer, coverage) : ''} unit={unitType} error={error} onChange={(range) => { onChange(range) }} />
}
