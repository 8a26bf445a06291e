export interface SetCookie {
  name: string
  value: string
  /** Attributes as sent, such as `HttpOnly` or `Path=/api`. */
  attributes: string[]
}

/** The `Set-Cookie` lines of a response. */
export function setCookiesOf(headers: Headers): SetCookie[] {
  return headers.getSetCookie().map((line) => {
    const [pair = '', ...attributes] = line.split('; ')
    const at = pair.indexOf('=')
    return { name: pair.slice(0, at), value: pair.slice(at + 1), attributes }
  })
}
