import { routes, type Me } from '@assay/server/contract'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/client.ts'
import { meQuery } from '../../api/session.ts'

export const setupQuery = queryOptions({ queryKey: ['setup'], queryFn: () => call(routes.getSetup, {}), staleTime: 0 })

interface Entry<Input> {
  enter: (input: Input) => Promise<Me>
  onEntered: (me: Me) => void
}

/** Every way in ends alike: the person is known, and what was loaded before is forgotten. */
export function useEntry<Input>({ enter, onEntered }: Entry<Input>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: enter,
    onSuccess: (me) => {
      client.clear()
      client.setQueryData(meQuery.queryKey, me)
      onEntered(me)
    },
  })
}
