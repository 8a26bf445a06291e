import type { FlagUsage } from '@assay/server/contract'
import { useDebouncedValue } from '@mantine/hooks'
import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { usageQuery } from '../../api/project-queries.ts'

/** Flags that are asked about at once. */
const TOGETHER = 50
/** While somebody writes, nothing is asked about what is found in between. */
const SETTLED_MS = 250

/** Lifecycle and decisions of the flags loaded so far, by key; `away` where the server does not know them now. */
export function useUsage(project: string, flags: readonly string[]): { usage: ReadonlyMap<string, FlagUsage>; away: boolean } {
  const client = useQueryClient()
  const [settled] = useDebouncedValue(flags, SETTLED_MS, { leading: true })
  const parts = Array.from({ length: Math.ceil(settled.length / TOGETHER) }, (_, part) => settled.slice(part * TOGETHER, (part + 1) * TOGETHER))
  const { found, away } = useQueries({
    queries: parts.map((part) => usageQuery(project, part)),
    combine: (answers) => ({ found: answers.flatMap(({ data }) => data?.flags ?? []), away: answers.some(({ isError }) => isError) }),
  })
  const usage = useMemo(() => {
    // What an earlier list has learned of a flag holds until the newer answer is there.
    const earlier = client.getQueriesData<{ flags: FlagUsage[] }>({ queryKey: ['usage', project, 'of'] }).flatMap(([, answer]) => answer?.flags ?? [])
    return new Map([...earlier, ...found].map((one) => [one.flag, one]))
  }, [client, project, found])
  return { usage, away }
}
