import jwt from 'jsonwebtoken'

/** How long an access token is valid. */
export const ACCESS_SECONDS = 600

// One algorithm, named when signing and when verifying: the token's own header chooses nothing but a key.
const ALGORITHM = 'HS256'
const TYPE = 'access+jwt'
const ISSUER = 'assay'
const AUDIENCE = 'assay-api'

export interface AccessClaims {
  userId: string
  sessionId: string
}

export interface SigningSecret {
  kid: string
  secret: string
}

export function signAccessToken({ userId, sessionId }: AccessClaims, key: SigningSecret, now: Date): string {
  const issuedAt = Math.floor(now.getTime() / 1000)
  return jwt.sign({ sid: sessionId, iat: issuedAt }, Buffer.from(key.secret, 'base64url'), {
    algorithm: ALGORITHM,
    header: { alg: ALGORITHM, typ: TYPE, kid: key.kid },
    subject: userId,
    issuer: ISSUER,
    audience: AUDIENCE,
    expiresIn: ACCESS_SECONDS,
  })
}

/** Id of the key that a token says it was signed with; nothing about the token is verified yet. */
export function keyIdOf(token: string): string | null {
  try {
    return jwt.decode(token, { complete: true })?.header.kid ?? null
  } catch {
    // jsonwebtoken throws a SyntaxError for a header that is not JSON.
    return null
  }
}

/** The claims of a valid token; null for anything else. */
export function verifyAccessToken(token: string, key: SigningSecret, now: Date): AccessClaims | null {
  try {
    const { header, payload } = jwt.verify(token, Buffer.from(key.secret, 'base64url'), {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      clockTimestamp: Math.floor(now.getTime() / 1000),
      complete: true,
    })
    if (header.typ !== TYPE || typeof payload === 'string') return null
    const sessionId: unknown = payload['sid']
    return typeof payload.sub === 'string' && typeof sessionId === 'string' && payload.exp !== undefined ? { userId: payload.sub, sessionId } : null
  } catch (error) {
    if (error instanceof jwt.JsonWebTokenError || error instanceof SyntaxError) return null
    throw error
  }
}
