import type { Environment, FlagDetail } from '@assay/server/contract'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { connectionsQuery } from '../../api/project-queries.ts'
import { CodeBlock } from '../../ui/code/code-block.tsx'
import { firstSample } from '../../ui/code/samples.ts'
import { messageOf } from '../../ui/message-of.ts'
import { Notice } from '../../ui/notice.tsx'
import { FIRST_FLAG } from './first-flag.ts'
import { askedQuery, LOOK_EVERY_MS, usePrepare } from './first-flag-queries.ts'
import { Listening } from './listening.tsx'
import { Step } from './step.tsx'
import css from './steps.module.css'
import { TurnStep } from './turn-step.tsx'

interface Props {
  project: string
  environment: Environment
  /** Null while it is to be made. */
  flag: FlagDetail | null
  onBegun: () => void
}

/** The three steps; each opens the next, and nothing is asked twice. */
export function FirstFlagSteps({ project, environment, flag, onBegun }: Props) {
  const prepare = usePrepare(project, environment.key)
  const asked = useQuery({ ...askedQuery(project, environment.key), enabled: flag !== null })
  const connections = useQuery({ ...connectionsQuery(project, environment.key, LOOK_EVERY_MS), enabled: flag !== null }).data
  const [turned, setTurned] = useState(false)
  const askedAt = asked.data?.lastEvaluatedAt ?? null
  const secret = prepare.data?.secret
  const where = environment.name.toLowerCase()
  const begin = () => {
    onBegun()
    prepare.mutate(flag)
  }
  return (
    <ol className={css.steps}>
      <Step number={1} state={flag === null ? 'current' : 'done'} title={flag === null ? 'Make a flag and a key' : `The flag ${FIRST_FLAG} is ready`}>
        {flag === null ? (
          <>
            <p>The flag <code>{FIRST_FLAG}</code> starts off everywhere, so nobody notices. The key lets an app in {where} ask for it.</p>
            <Button loading={prepare.isPending} onClick={begin}>Make both</Button>
          </>
        ) : null}
        {prepare.error ? <Notice tone="danger" alert>{messageOf(prepare.error)}</Notice> : null}
      </Step>
      <Step number={2} state={askedAt !== null ? 'done' : flag === null ? 'ahead' : 'current'} title="Ask for it from your app">
        {flag === null ? null : secret === undefined ? (
          <>
            {askedAt === null ? <p>A key is shown once and is not kept here. Run your app with the one that you have, or take another for {where}.</p> : null}
            {askedAt === null ? <Button variant="default" loading={prepare.isPending} onClick={begin}>Make another key</Button> : null}
          </>
        ) : (
          <>
            <p>Save it as <code>first-flag.mjs</code> and run <code>node first-flag.mjs</code>. The key is in it, and is shown this once: put it where your app keeps its secrets.</p>
            <CodeBlock label="TypeScript" code={firstSample({ url: window.location.origin, key: secret, flag: FIRST_FLAG })} />
            <p className={css.small}>In Assay’s own folder it runs as it is. Elsewhere the SDK comes first: <code>npm pack -w sdk</code> there makes a file, <code>npm install</code> takes it into your app.</p>
          </>
        )}
        {flag === null ? null : <Listening connected={(connections?.connected ?? 0) > 0} askedAt={askedAt} unknown={asked.error ? messageOf(asked.error) : null} />}
      </Step>
      <Step number={3} state={turned ? 'done' : askedAt === null ? 'ahead' : 'current'} title="Turn it on">
        {flag === null || askedAt === null ? null : <TurnStep project={project} flag={flag} environment={environment} connections={connections} asked={asked.data} onTurned={() => { setTurned(true) }} />}
        {turned ? (
          <>
            <p>That is all of it: no release, and back with the same switch. What a flag does in production is changed the same way, after a review.</p>
            <div className={css.next}>
              <Button renderRoot={(props) => <Link to="/p/$project/flags/$flag/$tab" params={{ project, flag: FIRST_FLAG, tab: 'targeting' }} {...props} />}>Open the flag</Button>
              <Button variant="default" renderRoot={(props) => <Link to="/p/$project/hypotheses/new" params={{ project }} {...props} />}>Write down what you believe</Button>
            </div>
          </>
        ) : null}
      </Step>
    </ol>
  )
}
