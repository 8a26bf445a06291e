import type { ApiToken } from '@assay/server/contract'
import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { roleName } from '../../api/project.ts'
import { Ago } from '../../ui/ago.tsx'
import { date, dateTime } from '../../ui/format.ts'
import { tokenStanding } from './api-tokens-standing.ts'
import css from './api-tokens-table.module.css'
import { timeLeft } from './key-standing.ts'

interface Props {
  tokens: readonly ApiToken[]
  now: Date
  onRevoke: (token: ApiToken) => void
}

export function ApiTokensTable({ tokens, now, onRevoke }: Props) {
  return (
    <div className={css.scroll} tabIndex={0} role="region" aria-label="API tokens">
      <table className="table">
        <thead><tr><th scope="col">Token</th><th scope="col">Role</th><th scope="col">Last used</th><th scope="col">Ends</th><th scope="col">Made</th><th scope="col"><span className="sr">Actions</span></th></tr></thead>
        <tbody>
          {tokens.map((token) => {
            const works = tokenStanding(token, now).kind === 'works'
            return (
              <tr key={token.id} data-ended={!works}>
                <td className={css.name}><b>{token.name}</b><code>{token.prefix}…</code></td>
                <td className={css.role}>{roleName(token.role)}{token.actsAs === token.role || !works ? null : <small><IconAlertTriangle size={13} aria-hidden />Acts as {roleName(token.actsAs).toLowerCase()}: {token.person.name} may do no more</small>}</td>
                <td className={css.time}>{token.lastUsedAt === null ? <span className="muted">Not used yet</span> : <Ago at={token.lastUsedAt} />}</td>
                <td className={css.time}><TokenEnd token={token} now={now} /></td>
                <td className={css.time}><Ago at={token.createdAt} /><small>{token.person.name}</small></td>
                <td className="right">{works ? <Button variant="default" size="compact-sm" aria-label={`Revoke ${token.name} of ${token.person.name}`} onClick={() => { onRevoke(token) }}>Revoke</Button> : null}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function TokenEnd({ token, now }: { token: ApiToken; now: Date }) {
  const standing = tokenStanding(token, now)
  switch (standing.kind) {
    case 'revoked':
      return <>Revoked <Ago at={standing.at} /><small>by {standing.by}</small></>
    case 'expired':
      return <>Ended <Ago at={standing.at} /></>
    case 'works':
      return standing.endsSoon
        ? <span className={css.soon}><IconAlertTriangle size={13} aria-hidden /><time dateTime={token.expiresAt} title={dateTime(token.expiresAt)}>{timeLeft(token.expiresAt, now)}</time></span>
        : <time dateTime={token.expiresAt} title={dateTime(token.expiresAt)}>{date(token.expiresAt)}</time>
  }
}
