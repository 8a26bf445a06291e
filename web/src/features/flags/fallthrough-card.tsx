import { Button } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import type { Serve } from '@assay/sdk/core'
import { lazy, Suspense } from 'react'
import { Chip } from '../../ui/chip.tsx'
import { Loading } from '../../ui/loading.tsx'
import { ServeBar } from '../../ui/serve/serve-bar.tsx'
import css from './rules.module.css'
import type { TargetingContext } from './targeting-context.ts'

const ServeEditor = lazy(async () => ({ default: (await import('./serve-editor.tsx')).ServeEditor }))

interface Props {
  serve: Serve
  live: Serve
  edited: boolean
  hasRules: boolean
  editing: boolean
  onEditing: (editing: boolean) => void
  onChange: (serve: Serve) => void
  context: TargetingContext
}

/** What people get whom no rule has served. */
export function FallthroughCard({ serve, live, edited, hasRules, editing, onEditing, onChange, context }: Props) {
  return (
    <li className={`${css.rule} ${css.last} ${edited ? css.edited : ''}`}>
      <div className={css.number} aria-hidden>∗</div>
      <div className={css.body}>
        <div className={css.head}>
          <h2>{hasRules ? 'Everyone else' : 'Everyone'}</h2>
          {edited ? <Chip tone="warn" icon={<IconPencil size={12} />}>Edited</Chip> : null}
        </div>
        {editing ? (
          <div className={css.editor}>
            <Suspense fallback={<Loading rows={3} />}><ServeEditor serve={serve} live={live} onChange={onChange} variants={context.variants} offVariant={context.offVariant} unitTypes={context.unitTypes} layers={context.layers} place={{ flag: context.flag, environment: context.environment, rule: null }} naming={context.naming} beyond="The others get what is served while off." /></Suspense>
            <div><Button variant="default" size="compact-sm" onClick={() => { onEditing(false) }}>Done</Button></div>
          </div>
        ) : (
          <div className={css.serve}>
            <span className={css.word}>Serve</span>
            <ServeBar serve={serve} naming={context.naming} width={168} />
            <span className="grow" />
            {context.mayEdit ? <Button variant="subtle" size="compact-sm" leftSection={<IconPencil size={14} />} aria-label="Edit what everyone else gets" onClick={() => { onEditing(true) }}>Edit</Button> : null}
          </div>
        )}
      </div>
    </li>
  )
}
