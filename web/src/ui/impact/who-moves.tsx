import type { Impact } from '@assay/server/contract'
import type { UseQueryResult } from '@tanstack/react-query'
import { messageOf } from '../message-of.ts'
import type { Naming } from '../serve/naming.ts'
import { ImpactView } from './impact-view.tsx'

/** Whose variant a change alters, once it is counted. */
export function WhoMoves({ impact, naming }: { impact: UseQueryResult<Impact>; naming: Naming }) {
  if (impact.isPending) return <p className="muted" role="status">Counting the people seen lately</p>
  if (impact.isError) return <p className="soft" role="status">Who moves could not be counted: {messageOf(impact.error)}</p>
  return <ImpactView impact={impact.data} naming={naming} />
}
