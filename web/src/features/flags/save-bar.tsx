import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { EnvTag } from '../../ui/env-tag.tsx'
import { plural } from '../../ui/format.ts'
import css from './save-bar.module.css'

interface Props {
  environment?: { name: string; production: boolean }
  changes: number
  /** The first change, in words. */
  words: string
  problem?: string | undefined
  onDiscard: () => void
  /** The button that goes on. */
  children: ReactNode
}

/** Floats over the page while there is something that is not saved. */
export function SaveBar({ environment, changes, words, problem, onDiscard, children }: Props) {
  return (
    <div className={css.bar} role="region" aria-label="Unsaved changes">
      {environment ? <EnvTag name={environment.name} production={environment.production} /> : null}
      <b>{plural(changes, 'unsaved change')}</b>
      <span className={problem === undefined ? css.words : css.problem} role={problem === undefined ? undefined : 'alert'}>{problem ?? words}</span>
      <span className={css.buttons}>
        <Button variant="default" onClick={onDiscard}>Discard</Button>
        {children}
      </span>
    </div>
  )
}
