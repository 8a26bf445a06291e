import { DeliveryFailure } from './delivery.ts'

const codes: Readonly<Record<string, string>> = {
  ENOTFOUND: 'has a name that nobody knows',
  EAI_AGAIN: 'has a name that could not be looked up just now',
  ECONNREFUSED: 'takes no connection',
  ECONNRESET: 'broke the connection',
  EPIPE: 'broke the connection',
  ETIMEDOUT: 'did not answer in time',
  CERT_HAS_EXPIRED: 'has a certificate that is out of date',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'has a certificate that nobody vouches for',
  ERR_TLS_CERT_ALTNAME_INVALID: 'has a certificate for another name',
}

/** Why nothing could be sent, in words. `option` is the variable that allows private addresses. */
export function sendFailure(who: string, error: unknown, option = 'ASSAY_EXPORT_ADDRESSES'): DeliveryFailure {
  if (error instanceof DeliveryFailure) return error
  const { name, code, message, cause } = error as NodeJS.ErrnoException
  if (name === 'RefusedAddress') return new DeliveryFailure(`${message} The server sends to public addresses only, unless ${option} is any.`, { again: false, cause: error })
  // A request that its signal ended has why as its cause.
  if (name === 'TimeoutError' || (cause instanceof Error && cause.name === 'TimeoutError')) return new DeliveryFailure(`${who} did not answer in time.`, { cause: error })
  const words = codes[code ?? '']
  return new DeliveryFailure(`${who} ${words ?? 'could not be reached'}.`, { cause: error })
}
