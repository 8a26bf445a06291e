import type { ExperimentDetail } from '@assay/server/contract'
import { Button, Menu } from '@mantine/core'
import { IconAdjustments } from '@tabler/icons-react'
import { useState } from 'react'
import { usePermit, useProject } from '../../api/project.ts'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { ArmsDialog } from './arms-dialog.tsx'
import { actionsOf, headlineArm } from './banner.ts'
import { DecisionDialog } from './decision-dialog.tsx'
import { useExperimentWrites } from './experiments-queries.ts'
import { ExtendDialog } from './extend-dialog.tsx'
import { ResumeDialog } from './resume-dialog.tsx'
import { ShareDialog } from './share-dialog.tsx'
import { StopDialog } from './stop-dialog.tsx'

/** What can be done with an experiment that has started. */
export function ExperimentActions({ experiment }: { experiment: ExperimentDetail }) {
  const { environments } = useProject()
  const [dialog, setDialog] = useState<'decide' | 'stop' | 'share' | 'arms' | 'extend' | 'resume'>()
  const decide = usePermit('experiment.decide')
  const run = usePermit('experiment.run')
  const { analyse } = useExperimentWrites(experiment.key)
  const can = actionsOf(experiment)
  const dialogs = { experiment, production: environments.find((known) => known.key === experiment.environment)?.production ?? false, onClose: () => { setDialog(undefined) } }
  const now = () => {
    analyse.mutate(undefined, {
      onSuccess: () => { toastDone({ title: `${experiment.key} is analysed` }) },
      onError: (error) => { toastFailed('Not analysed. The numbers on the page are the last ones.', error) },
    })
  }
  return (
    <>
      {can.decide ? <PermittedButton permit={decide} variant={can.ready || experiment.status === 'stopped' ? 'filled' : 'default'} onClick={() => { setDialog('decide') }}>Record the decision</PermittedButton> : null}
      {can.resume ? <PermittedButton permit={run} variant="default" onClick={() => { setDialog('resume') }}>Go on</PermittedButton> : null}
      {can.change && run.allowed ? (
        <Menu>
          <Menu.Target><Button variant="default" leftSection={<IconAdjustments size={15} aria-hidden />}>Change</Button></Menu.Target>
          <Menu.Dropdown>
            {can.cover ? <Menu.Item onClick={() => { setDialog('share') }}>Share of the audience</Menu.Item> : null}
            <Menu.Item onClick={() => { setDialog('arms') }}>Variants and weights</Menu.Item>
            {can.extend ? <Menu.Item onClick={() => { setDialog('extend') }}>Planned people and days</Menu.Item> : null}
          </Menu.Dropdown>
        </Menu>
      ) : can.change ? <PermittedButton permit={run} variant="default" onClick={() => undefined}>Change</PermittedButton> : null}
      {can.stop ? <PermittedButton permit={run} variant="default" onClick={() => { setDialog('stop') }}>Stop</PermittedButton> : null}
      {can.analyse ? <Button variant="default" loading={analyse.isPending} onClick={now}>Analyse now</Button> : null}
      {dialog === 'decide' ? <DecisionDialog experiment={experiment} arm={experiment.analysis === null ? null : headlineArm(experiment.analysis)} onClose={dialogs.onClose} /> : null}
      {dialog === 'stop' ? <StopDialog {...dialogs} /> : null}
      {dialog === 'share' ? <ShareDialog {...dialogs} /> : null}
      {dialog === 'arms' ? <ArmsDialog {...dialogs} /> : null}
      {dialog === 'extend' ? <ExtendDialog {...dialogs} /> : null}
      {dialog === 'resume' ? <ResumeDialog {...dialogs} /> : null}
    </>
  )
}
