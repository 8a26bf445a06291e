import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import jwt from 'jsonwebtoken'
import { describe, expect, test } from 'vitest'
import { ACCESS_SECONDS, keyIdOf, signAccessToken, verifyAccessToken } from './access-token.ts'

const key = { kid: 'k1', secret: randomBytes(32).toString('base64url') }
const secret = Buffer.from(key.secret, 'base64url')
const claims = { userId: 'ada', sessionId: 'browser' }
const now = new Date('2026-03-01T12:00:00Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const token = signAccessToken(claims, key, now)

/** A token that differs from a good one where told, with a signature that is right for it. */
function forge({ header = {}, payload = {}, sign = (text: string) => createHmac('sha256', secret).update(text).digest('base64url') }: { header?: object; payload?: object; sign?: (text: string) => string } = {}): string {
  const good = jwt.decode(token, { complete: true })
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part({ ...good?.header, ...header })}.${part({ ...(good?.payload as object), ...payload })}`
  return `${text}.${sign(text)}`
}

test('a token gives back who it was signed for, until it is ten minutes old', () => {
  expect(ACCESS_SECONDS).toBe(600)
  expect(verifyAccessToken(token, key, now)).toEqual(claims)
  expect(verifyAccessToken(token, key, later(599))).toEqual(claims)
  expect(verifyAccessToken(token, key, later(600))).toBeNull()
  expect(keyIdOf(token)).toBe('k1')
})

test('the forger of this test makes tokens that only fail for what is wrong with them', () => {
  expect(verifyAccessToken(forge(), key, now)).toEqual(claims)
})

describe('a token is refused with', () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  test.each<[string, string]>([
    ['no algorithm and no signature', forge({ header: { alg: 'none' }, sign: () => '' })],
    ['no algorithm and the right signature', forge({ header: { alg: 'none' } })],
    ['another algorithm of the same secret', forge({ header: { alg: 'HS512' }, sign: (text) => createHmac('sha512', secret).update(text).digest('base64url') })],
    ['an algorithm of public keys', jwt.sign({ sid: 'browser' }, privateKey, { algorithm: 'RS256', keyid: 'k1', subject: 'ada', issuer: 'assay', audience: 'assay-api', expiresIn: 600 })],
    ['another type', forge({ header: { typ: 'JWT' } })],
    ['no type', forge({ header: { typ: undefined } })],
    ['another audience', forge({ payload: { aud: 'somebody-else' } })],
    ['no audience', forge({ payload: { aud: undefined } })],
    ['another issuer', forge({ payload: { iss: 'somebody-else' } })],
    ['no expiry', forge({ payload: { exp: undefined } })],
    ['an expiry that is no number', forge({ payload: { exp: 'never' } })],
    ['no person', forge({ payload: { sub: undefined } })],
    ['a person that is no text', forge({ payload: { sub: { not: '' } } })],
    ['no session', forge({ payload: { sid: undefined } })],
    ['a session that is no text', forge({ payload: { sid: { not: '' } } })],
    ['the signature of another secret', forge({ sign: (text) => createHmac('sha256', 'secret').update(text).digest('base64url') })],
    ['a changed person under the old signature', forge({ payload: { sub: 'eve' }, sign: () => token.split('.')[2] ?? '' })],
    ['a payload that is no object', `${token.split('.')[0]}.${Buffer.from('"text"').toString('base64url')}.x`],
  ])('%s', (_name, forged) => {
    expect(verifyAccessToken(forged, key, now)).toBeNull()
  })
})

test('a token of another key is refused', () => {
  expect(verifyAccessToken(token, { kid: 'k2', secret: randomBytes(32).toString('base64url') }, now)).toBeNull()
})

test('whatever is sent as a token names no person and throws nothing', () => {
  const part = fc.oneof(fc.string(), fc.json().map((text) => Buffer.from(text).toString('base64url')), fc.constantFrom(...token.split('.')))
  const text = fc.oneof(fc.string(), fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.')))
  fc.assert(fc.property(text.filter((candidate) => candidate !== token), (candidate) => {
    keyIdOf(candidate)
    return verifyAccessToken(candidate, key, now) === null
  }), { numRuns: 2000 })
})
