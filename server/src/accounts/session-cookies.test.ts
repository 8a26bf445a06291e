import { expect, test } from 'vitest'
import { createSessionCookies } from './session-cookies.ts'

test('without https each cookie goes to the paths that need it, and no script reads it', () => {
  const cookies = createSessionCookies(false)
  expect(cookies.access('a.b.c', 600)).toBe('assay_session=a.b.c; Max-Age=600; Path=/api; HttpOnly; SameSite=Strict')
  expect(cookies.refresh('r', 60)).toBe('assay_refresh=r; Max-Age=60; Path=/api/v1/session; HttpOnly; SameSite=Strict')
})

test('with https the cookies belong to this very host', () => {
  const cookies = createSessionCookies(true)
  expect(cookies.access('a', 600)).toBe('__Host-assay_session=a; Max-Age=600; Path=/; HttpOnly; SameSite=Strict; Secure')
  expect(cookies.refresh('r', 60)).toBe('__Host-assay_refresh=r; Max-Age=60; Path=/; HttpOnly; SameSite=Strict; Secure')
  // Another site of the domain can set these.
  expect(cookies.readAccess('assay_session=planted')).toBeNull()
  expect(cookies.readRefresh('assay_refresh=planted')).toBeNull()
})

test.each([true, false])('signing out empties both cookies where they are, https %s', (https) => {
  const cookies = createSessionCookies(https)
  const withoutAge = (line: string) => line.replace(/Max-Age=\d+/, '')
  const [access = '', refresh = ''] = cookies.cleared()
  expect([withoutAge(access), withoutAge(refresh)]).toEqual([withoutAge(cookies.access('', 1)), withoutAge(cookies.refresh('', 1))])
  expect(cookies.cleared().every((line) => line.includes('=; Max-Age=0;'))).toBe(true)
})

test.each([
  [undefined, null],
  ['', null],
  ['assay_session=a', 'a'],
  ['other=x;assay_session=a.b=; assay_session=second', 'a.b='],
  ['xassay_session=a; assay_sessionx=b; assay_session', null],
  ['assay_session=', ''],
])('of the header %j the access token is %j', (header, token) => {
  expect(createSessionCookies(false).readAccess(header)).toBe(token)
})
