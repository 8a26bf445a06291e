import type { WaitingItem } from '@assay/server/contract'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useProjectKey } from '../../api/project.ts'
import { Ago } from '../ago.tsx'
import { Chip } from '../chip.tsx'
import { lookOf, placeOf } from './waiting-look.ts'
import css from './waiting-row.module.css'

/** One thing that waits: what it is, why it waits for the reader, since when, and the way to where it is done. */
export function WaitingRow({ item }: { item: WaitingItem }) {
  const project = useProjectKey()
  const { label, tone, icon: Icon, action } = lookOf(item)
  // An id is no name that people use.
  const key = item.kind === 'export' || item.kind === 'webhook' ? null : item.key
  return (
    <div className={css.row}>
      <span className={`${css.icon} ${css[tone]}`} aria-hidden><Icon size={16} stroke={1.8} /></span>
      <div className={css.what}>
        <p className={css.title}><b>{item.title}</b>{key === null ? null : <span className={css.key}>{key}</span>}</p>
        <p className={css.sentence}>{item.sentence}</p>
      </div>
      <div className={css.stands}><Chip tone={tone}>{label}</Chip><small><Ago at={item.since} /></small></div>
      <Button variant="default" size="compact-md" className={css.go ?? ''} aria-label={`${action}: ${item.title}`} renderRoot={(props) => <Link to={`/p/${project}${placeOf(item)}`} {...props} />}>{action}</Button>
    </div>
  )
}
