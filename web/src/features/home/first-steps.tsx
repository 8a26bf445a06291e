import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { routes, type FlagSummary, type Project, type SdkKey } from '@assay/server/contract'
import { call } from '../../api/client.ts'
import { Ago } from '../../ui/ago.tsx'
import { CodeBlock } from '../../ui/code/code-block.tsx'
import { nodeSample } from '../../ui/code/samples.ts'
import { Panel } from '../../ui/panel.tsx'
import css from './first-steps.module.css'

interface Props {
  project: Project
  flags: readonly FlagSummary[]
  /** Null for those who may not see keys. */
  keys: readonly SdkKey[] | null
}

/** From nothing to a service that asks for a flag. */
export function FirstSteps({ project, flags, keys }: Props) {
  const params = { project: project.key }
  const first = flags.at(-1)
  const detail = useQuery({ queryKey: ['flag', project.key, first?.key], queryFn: () => call(routes.getFlag, { params: { project: project.key, flag: first?.key ?? '' } }), enabled: first !== undefined }).data
  const asked = keys?.flatMap(({ lastUsedAt, name }) => (lastUsedAt === null ? [] : [{ lastUsedAt, name }]))[0]
  const sample = { url: window.location.origin, flag: first?.key ?? 'my-first-flag', type: first?.type ?? ('boolean' as const), fallback: detail?.variants[0]?.value ?? false }
  return (
    <Panel title="First steps" padded={false}>
      <ol className={css.steps}>
        <Step number={1} done={flags.length > 0} title={first ? `Created the flag ${first.name}` : 'Create a flag'}>
          {first ? null : <><p>It starts off everywhere, so nobody notices.</p><Button component={Link} to={`/p/${project.key}/flags`} variant="default">To the flags</Button></>}
        </Step>
        <Step number={2} done={keys !== null && keys.length > 0} title={keys !== null && keys.length > 0 ? 'Created an SDK key' : 'Create an SDK key'}>
          {keys === null ? <p>An engineer or an admin can create one under Settings.</p> : keys.length > 0 ? null : <><p>One per environment. It is shown once: keep it where your service finds it.</p><Button component={Link} to={`/p/${project.key}/settings/keys`} variant="default">To the keys</Button></>}
        </Step>
        <Step number={3} done={asked !== undefined} title={asked ? 'A service has asked' : 'Ask for it from a service'}>
          {asked ? <p role="status">{asked.name} asked <Ago at={asked.lastUsedAt} />.</p> : (
            <>
              <p>Set <code>ASSAY_KEY</code> to the key, then run this:</p>
              <CodeBlock label="Node" code={nodeSample(sample)} />
              <p className={css.waiting} role="status"><i aria-hidden />Waiting for your service to ask</p>
            </>
          )}
        </Step>
      </ol>
      <p className={css.more}>Then <Link to="/p/$project/hypotheses/new" params={params}>write down what you believe</Link>, and put it to the test.</p>
    </Panel>
  )
}

function Step({ number, done, title, children }: { number: number; done: boolean; title: string; children: ReactNode }) {
  return (
    <li className={done ? `${css.step} ${css.done}` : css.step}>
      <span className={css.number} aria-hidden>{done ? <IconCheck size={15} /> : number}</span>
      <div className={css.body}><h3>{title}{done ? <span className="sr">, done</span> : null}</h3>{children}</div>
    </li>
  )
}
