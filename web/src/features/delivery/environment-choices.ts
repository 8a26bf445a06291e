import type { Environment } from '@assay/server/contract'

/** What can be looked at: production, which is named by no key, and each other environment. Where several are production, each of them too. */
export function environmentChoices(environments: readonly Environment[]): { value: string; label: string }[] {
  const production = environments.filter((environment) => environment.production)
  const [only] = production
  const single = production.length === 1 && only ? only : null
  const rest = environments.filter(({ key }) => key !== single?.key)
  return [{ value: '', label: single ? single.name : 'All of production' }, ...rest.map(({ key, name }) => ({ value: key, label: name }))]
}
