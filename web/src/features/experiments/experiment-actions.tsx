import type { ExperimentDetail } from '@assay/server/contract'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { usePermit, useProject } from '../../api/project.ts'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { actionsOf, headlineArm } from './banner.ts'
import { DecisionDialog } from './decision-dialog.tsx'
import { useExperimentWrites } from './experiments-queries.ts'
import { StopDialog } from './stop-dialog.tsx'

/** What can be done with an experiment that has started. */
export function ExperimentActions({ experiment }: { experiment: ExperimentDetail }) {
  const { environments } = useProject()
  const [dialog, setDialog] = useState<'decide' | 'stop'>()
  const decide = usePermit('experiment.decide')
  const run = usePermit('experiment.run')
  const { analyse } = useExperimentWrites(experiment.key)
  const can = actionsOf(experiment)
  const now = () => {
    analyse.mutate(undefined, {
      onSuccess: () => { toastDone({ title: `${experiment.key} is analysed` }) },
      onError: (error) => { toastFailed('Not analysed. The numbers on the page are the last ones.', error) },
    })
  }
  return (
    <>
      {can.decide ? <PermittedButton permit={decide} variant={can.ready || experiment.status === 'stopped' ? 'filled' : 'default'} onClick={() => { setDialog('decide') }}>Record the decision</PermittedButton> : null}
      {can.stop ? <PermittedButton permit={run} variant="default" onClick={() => { setDialog('stop') }}>Stop</PermittedButton> : null}
      {can.analyse ? <Button variant="default" loading={analyse.isPending} onClick={now}>Analyse now</Button> : null}
      {dialog === 'decide' ? <DecisionDialog experiment={experiment} arm={experiment.analysis === null ? null : headlineArm(experiment.analysis)} onClose={() => { setDialog(undefined) }} /> : null}
      {dialog === 'stop' ? <StopDialog experiment={experiment} production={environments.find((known) => known.key === experiment.environment)?.production ?? false} onClose={() => { setDialog(undefined) }} /> : null}
    </>
  )
}
