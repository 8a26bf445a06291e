import type { Environment } from '@assay/server/contract'
import { useEffect } from 'react'
import { useProject } from '../../api/project.ts'
import { useMe } from '../../api/session.ts'
import { preferredEnvironment } from './preferred-environment.ts'

/** The environment that a page opens in; `asked` is the one in its address. */
export function usePreferredEnvironment(asked: string | undefined): Environment | undefined {
  return preferredEnvironment(useProject().environments, asked, localStorage.getItem(useRememberedName()))
}

/** Makes the environment that is looked at the one that the next page opens in. */
export function useRememberEnvironment(environment: string | undefined): void {
  const name = useRememberedName()
  useEffect(() => { if (environment !== undefined) localStorage.setItem(name, environment) }, [environment, name])
}

/** Name under which the browser keeps the environment that a person looked at last. */
function useRememberedName(): string {
  return `assay-environment:${useMe().id}`
}
