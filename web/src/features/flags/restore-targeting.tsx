import type { Environment, FlagDetail, Targeting } from '@assay/server/contract'
import { useProjectKey } from '../../api/project.ts'
import type { Naming } from '../../ui/serve/naming.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { runningIn } from './environment-summary.ts'
import { useRestoreTargeting } from './flags-queries.ts'
import { isAnswerable } from './save-ways.ts'
import { TargetingReview } from './targeting-review.tsx'

interface Props {
  flag: FlagDetail
  environment: Environment
  revision: number
  /** What it did at that revision, as it can stand now. */
  targeting: Targeting
  naming: Naming
  onClose: () => void
}

/** The review before an earlier revision of an environment is brought back. */
export function RestoreTargeting({ flag, environment, revision, targeting, naming, onClose }: Props) {
  const place = { project: useProjectKey(), flag: flag.key, environment: environment.key }
  const restore = useRestoreTargeting(place)
  const state = flag.environments.find((item) => item.environment === environment.key)
  if (!state) return null
  return (
    <TargetingReview
      title={`Restore revision ${revision} in ${environment.name.toLowerCase()}`}
      place={place}
      environment={environment}
      base={state}
      targeting={targeting}
      naming={naming}
      running={runningIn(flag, environment.key).map(({ key }) => key)}
      saving={restore.isPending}
      refused={restore.error}
      onApply={(write) => {
        restore.mutate({ ...write, revision, basedOn: state.revision }, {
          onSuccess: () => {
            onClose()
            toastDone({ title: `${flag.name}: revision ${revision} is back in ${environment.name.toLowerCase()}` })
          },
          onError: (error) => { if (!isAnswerable(error)) toastFailed(`Not restored. ${environment.name} is unchanged`, error) },
        })
      }}
      onProposed={onClose}
      onClose={onClose}
    />
  )
}
