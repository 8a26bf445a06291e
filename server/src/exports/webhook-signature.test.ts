import { expect, test } from 'vitest'
import { webhookSecret, webhookSignature } from './webhook-signature.ts'

test('a signature is the one that the specification of Standard Webhooks gives as its example', async () => {
  const body = '{"test": 2432232314}'
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(body.slice(0, 5))
    yield Buffer.from(body.slice(5))
  }
  expect(await webhookSignature('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330, pieces())).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

test('a secret is what receivers take', () => {
  expect(webhookSecret(new Uint8Array(32))).toBe('whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=')
})
