import { Button, Textarea } from '@mantine/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FlagSummary } from '@assay/server/contract'
import { connectionsQuery, flagNamesQuery, usageQuery } from '../../api/project-queries.ts'
import { useProject } from '../../api/project.ts'
import { plural } from '../../ui/format.ts'
import { Notice } from '../../ui/notice.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import css from './archive-dialog.module.css'
import { callersOf, connectedWords } from '../../ui/usage/callers.ts'
import { dependantsOf, environmentPairs } from './dependants.ts'
import { compareQuery } from './flags-queries.ts'
import sheet from './sheet.module.css'

interface Props {
  flags: readonly Pick<FlagSummary, 'key' | 'name'>[]
  /** Experiments that run on them. */
  running: readonly string[]
  busy: boolean
  onArchive: (reason: string) => void
  onClose: () => void
}

/** Names who still asks for the flags and what needs them, before they go. */
export function ArchiveDialog({ flags, running, busy, onArchive, onClose }: Props) {
  const project = useProject()
  const [reason, setReason] = useState('')
  const [now] = useState(() => new Date())
  const keys = flags.map(({ key }) => key)
  const usage = useQuery(usageQuery(project.key, keys))
  const connections = useQueries({ queries: project.environments.map(({ key }) => connectionsQuery(project.key, key)) })
  const pairs = environmentPairs(project.environments.map(({ key }) => key))
  const compared = useQueries({ queries: pairs.map(([from, to]) => compareQuery(project.key, from, to)) })

  const [only] = flags
  const what = flags.length === 1 && only ? only.name : plural(flags.length, 'flag')
  const dependants = dependantsOf(keys, pairs.flatMap(([from, to], index) => { const answer = compared[index]?.data; return answer ? [{ from, to, flags: answer.flags }] : [] }))
  const used = new Map((usage.data?.flags ?? []).map((one) => [one.flag, one]))
  const asking = flags.map((flag) => ({ ...flag, callers: callersOf(used.get(flag.key), project.environments, now) })).filter(({ callers }) => callers.length > 0)
  const connected = project.environments.flatMap(({ name }, index) => { const state = connections[index]?.data; const words = state ? connectedWords(state) : null; return words === null ? [] : [{ name, words }] })
  const waiting = (useQuery(flagNamesQuery(project.key, keys)).data?.flags ?? []).filter(({ key }) => keys.includes(key)).reduce((sum, { openChanges }) => sum + openChanges, 0)
  const blocked = running.length > 0 || dependants.length > 0

  return (
    <Sheet onClose={onClose} size={600} title={`Archive ${what}`}>
      <form className={sheet.sheet} onSubmit={(event) => { event.preventDefault(); if (!blocked) onArchive(reason.trim()) }}>
        <p className="soft">{flags.length === 1 ? 'It is turned off everywhere and leaves every ruleset.' : 'They are turned off everywhere and leave every ruleset.'} Services that still ask get the default in their own code. You can bring {flags.length === 1 ? 'it' : 'them'} back.</p>
        {running.length > 0 ? <Notice tone="danger"><b>{running.join(', ')} {running.length === 1 ? 'is' : 'are'} running here.</b> Stop or decide it first.</Notice> : null}
        {dependants.length > 0 ? (
          <Notice tone="danger">
            <b>{plural(dependants.length, 'flag needs', 'flags need')} {flags.length === 1 ? 'it' : 'them'}.</b> Take that away first:
            <ul className={css.list}>{dependants.map((one) => <li key={one.flag}><code>{one.flag}</code> in {one.environments.map((key) => project.environments.find((environment) => environment.key === key)?.name ?? key).join(', ')}</li>)}</ul>
          </Notice>
        ) : null}
        {waiting > 0 ? <Notice>{plural(waiting, 'proposed change is', 'proposed changes are')} withdrawn.</Notice> : null}
        <section aria-label="Who still asks">
          {usage.isError ? <Notice tone="warn">Who still asks is not known now.</Notice>
            : usage.isPending ? <p className="muted">Looking up who still asks</p>
              : asking.length === 0 ? <Notice>Nobody has asked for {flags.length === 1 ? 'it' : 'any of them'}.</Notice> : (
                <Notice tone="warn">
                  <b>Still asked for</b>
                  <ul className={css.list}>{asking.flatMap((flag) => flag.callers.map((caller) => <li key={`${flag.key} ${caller.environment}`}>{flags.length === 1 ? null : <><code>{flag.key}</code> </>}{caller.environment}: {caller.words}</li>))}</ul>
                </Notice>
              )}
          {connected.length === 0 ? null : <p className={css.connected}>Connected now: {connected.map(({ name, words }) => `${name}, ${words}`).join('; ')}.</p>}
        </section>
        <Textarea label="Why" description="Shown in the history" value={reason} onChange={(event) => { setReason(event.currentTarget.value) }} maxLength={1000} data-autofocus />
        <div className={sheet.foot}>
          <Button variant="default" onClick={onClose}>Keep {flags.length === 1 ? 'it' : 'them'}</Button>
          <Button type="submit" disabled={blocked} loading={busy}>Archive {asking.length > 0 ? 'anyway' : flags.length === 1 ? 'flag' : plural(flags.length, 'flag')}</Button>
        </div>
      </form>
    </Sheet>
  )
}
