import type { Holdout, Layer } from '@assay/server/contract'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { experimentsQuery, layersQuery } from '../../api/project-queries.ts'
import { usePermit, useProject } from '../../api/project.ts'
import { ExportMenu } from '../../ui/export-menu/export-menu.tsx'
import { Failure } from '../../ui/failure.tsx'
import { Loading } from '../../ui/loading.tsx'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import { PermittedButton } from '../../ui/permitted-button.tsx'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { Top } from '../../ui/top.tsx'
import { Consequences } from './consequences.tsx'
import { HoldoutRow } from './holdout-row.tsx'
import { releaseConsequences, shareOf } from './holdout-words.ts'
import { LayerCard } from './layer-card.tsx'
import { holdoutsQuery, useDeleteLayer, useReleaseHoldout } from './layers-queries.ts'
import css from './layers-page.module.css'

const LayerDialog = lazy(async () => ({ default: (await import('./layer-dialog.tsx')).LayerDialog }))
const HoldoutDialog = lazy(async () => ({ default: (await import('./holdout-dialog.tsx')).HoldoutDialog }))
const TypedConfirm = lazy(async () => ({ default: (await import('../../ui/typed-confirm.tsx')).TypedConfirm }))

type Open = { kind: 'layer' } | { kind: 'holdout' } | { kind: 'delete'; layer: Layer } | { kind: 'release'; holdout: Holdout }

/** Who may meet what at the same time: layers keep experiments apart, holdouts keep people out of all of them. */
export function LayersPage() {
  const project = useProject()
  const permit = usePermit('layer.write')
  const layers = useQuery(layersQuery(project.key))
  const holdouts = useQuery(holdoutsQuery(project.key))
  const running = (useQuery(experimentsQuery(project.key)).data?.experiments ?? []).filter(({ status }) => status === 'running')
  const remove = useDeleteLayer(project.key)
  const release = useReleaseHoldout(project.key)
  const [open, setOpen] = useState<Open>()
  const close = () => { setOpen(undefined) }

  return (
    <>
      <Top crumbs={[{ label: project.name, to: `/p/${project.key}` }, { label: 'Layers' }]} />
      <Page title="Layers and holdouts" lead="Who may be in what at the same time. Layers keep experiments apart; holdouts keep people out of all of them.">
        <Panel padded={false} title="Layers" aside={<>{layers.data && layers.data.layers.length > 0 ? <ExportMenu resource="layers" size="compact-sm" /> : null}<PermittedButton permit={permit} variant="default" size="compact-sm" leftSection={<IconPlus size={13} />} onClick={() => { setOpen({ kind: 'layer' }) }}>New layer</PermittedButton></>}>
          {layers.error ? <Failure error={layers.error} onRetry={() => { void layers.refetch() }} /> : !layers.data ? <Loading rows={3} /> : layers.data.layers.length === 0 ? (
            <p className={css.none}>No layer yet. Without one, somebody can be in several experiments at once, which is fine as long as these do not touch the same thing.</p>
          ) : layers.data.layers.map((layer) => <LayerCard key={layer.key} layer={layer} permit={permit} onDelete={() => { setOpen({ kind: 'delete', layer }) }} />)}
        </Panel>
        <Panel padded={false} title="Holdouts" aside={<>{holdouts.data && holdouts.data.holdouts.length > 0 ? <ExportMenu resource="holdouts" size="compact-sm" /> : null}<PermittedButton permit={permit} variant="default" size="compact-sm" leftSection={<IconPlus size={13} />} onClick={() => { setOpen({ kind: 'holdout' }) }}>Hold people out</PermittedButton></>}>
          {holdouts.error ? <Failure error={holdouts.error} onRetry={() => { void holdouts.refetch() }} /> : !holdouts.data ? <Loading rows={3} /> : holdouts.data.holdouts.length === 0 ? (
            <p className={css.none}>Nobody is held out. A holdout keeps a few people away from every experiment and from what experiments ship, so that you can see what all of it amounts to.</p>
          ) : <ul>{holdouts.data.holdouts.map((holdout) => <HoldoutRow key={holdout.key} holdout={holdout} permit={permit} onRelease={() => { setOpen({ kind: 'release', holdout }) }} />)}</ul>}
        </Panel>
        {permit.allowed ? null : <p className="muted">{permit.why}</p>}
      </Page>
      <Suspense>
        {open?.kind === 'layer' ? <LayerDialog onClose={close} /> : null}
        {open?.kind === 'holdout' ? <HoldoutDialog running={running} onClose={close} /> : null}
        {open?.kind === 'delete' ? (
          <TypedConfirm
            title={`Delete the layer ${open.layer.name}`}
            word={open.layer.key}
            action="Delete layer"
            busy={remove.isPending}
            onCancel={close}
            onConfirm={() => {
              remove.mutate(open.layer.key, {
                onSuccess: () => {
                  close()
                  toastDone({ title: `${open.layer.name} is deleted` })
                },
                onError: (error) => { toastFailed(`${open.layer.name} is still there`, error) },
              })
            }}
          >
            Nothing takes a part of it, so nobody gets anything else. How it divides people is lost: a new layer with the same key divides them differently.
          </TypedConfirm>
        ) : null}
        {open?.kind === 'release' ? (
          <TypedConfirm
            title={`Release ${open.holdout.name}`}
            word={open.holdout.key}
            action="Release holdout"
            busy={release.isPending}
            onCancel={close}
            onConfirm={() => {
              release.mutate(open.holdout.key, {
                onSuccess: () => {
                  close()
                  toastDone({ title: `${open.holdout.name} is released`, detail: 'Its people take part again.' })
                },
                onError: (error) => { toastFailed(`${open.holdout.name} is still in force`, error) },
              })
            }}
          >
            <Consequences points={releaseConsequences(shareOf(open.holdout), (holdouts.data?.holdouts.length ?? 0) === 1)} />
          </TypedConfirm>
        ) : null}
      </Suspense>
    </>
  )
}
