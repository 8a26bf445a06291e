import type { ExperimentDetail } from '@assay/server/contract'
import { lazy, Suspense } from 'react'
import { Loading } from '../../ui/loading.tsx'

const DraftData = lazy(async () => ({ default: (await import('./draft-data.tsx')).DraftData }))
const SealedSetup = lazy(async () => ({ default: (await import('./sealed-setup.tsx')).SealedSetup }))

/** How it is set up: written while it is a draft, read once its plan is sealed. */
export function SetupTab({ experiment }: { experiment: ExperimentDetail }) {
  return <Suspense fallback={<Loading />}>{experiment.status === 'draft' ? <DraftData experiment={experiment} /> : <SealedSetup experiment={experiment} />}</Suspense>
}
