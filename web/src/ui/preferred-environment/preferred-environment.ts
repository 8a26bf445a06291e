import type { Environment } from '@assay/server/contract'

/** The environment a page opens in: the one asked for, else the one looked at last, else the first that is not production. */
export function preferredEnvironment(environments: readonly Environment[], asked: string | undefined, remembered: string | null): Environment | undefined {
  const named = (key: string | null | undefined) => environments.find((environment) => environment.key === key)
  return named(asked) ?? named(remembered) ?? environments.find(({ production }) => !production) ?? environments[0]
}
