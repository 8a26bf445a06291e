/** The short-lived access token. */
export const ACCESS_COOKIE = 'assay_session'
/** The refresh token; browsers send it to `/api/v1/session` and below only. */
export const REFRESH_COOKIE = 'assay_refresh'

interface CookieOptions {
  path: string
  maxAgeSeconds: number
  /** True where people reach Assay by https. */
  secure: boolean
}

/** The value of a cookie in a request's `Cookie` header; the first one counts. */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return null
}

export function accessCookie(token: string, maxAgeSeconds: number, secure: boolean): string {
  return setCookie(ACCESS_COOKIE, token, { path: '/api', maxAgeSeconds, secure })
}

export function refreshCookie(token: string, maxAgeSeconds: number, secure: boolean): string {
  return setCookie(REFRESH_COOKIE, token, { path: '/api/v1/session', maxAgeSeconds, secure })
}

/** `Set-Cookie` lines that make a browser forget the session. */
export function clearedCookies(secure: boolean): string[] {
  return [accessCookie('', 0, secure), refreshCookie('', 0, secure)]
}

function setCookie(name: string, value: string, { path, maxAgeSeconds, secure }: CookieOptions): string {
  return `${name}=${value}; Path=${path}; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
}
