/** The cookies of a session: a short-lived access token and the refresh token that replaces it. */
export interface SessionCookies {
  readAccess(header: string | undefined): string | null
  readRefresh(header: string | undefined): string | null
  /** `Set-Cookie` lines. */
  access(token: string, maxAgeSeconds: number): string
  refresh(token: string, maxAgeSeconds: number): string
  /** Makes a browser forget the session. */
  cleared(): string[]
}

interface Kind {
  name: string
  attributes: string
}

/**
 * Where people reach Assay by https the names begin with `__Host-`: a browser takes such a cookie only over https from
 * this very host, so that no other site of the same domain can slip in a session of its own. It must then be valid for
 * all paths; without https each cookie goes to the paths that need it.
 */
export function createSessionCookies(https: boolean): SessionCookies {
  const access = kind('assay_session', '/api', https)
  const refresh = kind('assay_refresh', '/api/v1/session', https)
  return {
    readAccess: (header) => readCookie(header, access.name),
    readRefresh: (header) => readCookie(header, refresh.name),
    access: (token, maxAgeSeconds) => setCookie(access, token, maxAgeSeconds),
    refresh: (token, maxAgeSeconds) => setCookie(refresh, token, maxAgeSeconds),
    cleared: () => [setCookie(access, '', 0), setCookie(refresh, '', 0)],
  }
}

function kind(name: string, path: string, https: boolean): Kind {
  return https ? { name: `__Host-${name}`, attributes: 'Path=/; HttpOnly; SameSite=Strict; Secure' } : { name, attributes: `Path=${path}; HttpOnly; SameSite=Strict` }
}

function setCookie({ name, attributes }: Kind, value: string, maxAgeSeconds: number): string {
  return `${name}=${value}; Max-Age=${maxAgeSeconds}; ${attributes}`
}

/** The value of a cookie in a request's `Cookie` header; the first one counts. */
function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return null
}
