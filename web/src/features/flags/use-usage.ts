import type { FlagUsage } from '@assay/server/contract'
import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { usageQuery } from '../../api/project-queries.ts'

/** Flags that are asked about at once. */
const TOGETHER = 50

/** Lifecycle and decisions of the flags loaded so far, by key; `away` where the server does not know them now. */
export function useUsage(project: string, flags: readonly string[]): { usage: ReadonlyMap<string, FlagUsage>; away: boolean } {
  const parts = Array.from({ length: Math.ceil(flags.length / TOGETHER) }, (_, part) => flags.slice(part * TOGETHER, (part + 1) * TOGETHER))
  const { found, away } = useQueries({
    queries: parts.map((part) => usageQuery(project, part)),
    combine: (answers) => ({ found: answers.flatMap(({ data }) => data?.flags ?? []), away: answers.some(({ isError }) => isError) }),
  })
  return { usage: useMemo(() => new Map(found.map((one) => [one.flag, one])), [found]), away }
}
