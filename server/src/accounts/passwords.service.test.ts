import { verify } from '@node-rs/argon2'
import { beforeEach, expect, test, vi } from 'vitest'
import { AppError } from '../http/app-error.ts'
import { createPasswords } from './passwords.service.ts'

// The real functions, counted.
vi.mock(import('@node-rs/argon2'), async (original) => {
  const real = await original()
  return { ...real, verify: vi.fn(real.verify) }
})
beforeEach(() => { vi.mocked(verify).mockClear() })

const PASSWORD = 'correct horse battery'

test('a password is stored as argon2id with its own salt, and only it is accepted', async () => {
  const passwords = createPasswords()
  const [first, second] = [await passwords.hash(PASSWORD), await passwords.hash(PASSWORD)]
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(first).not.toBe(second)
  expect(await passwords.verify(first, PASSWORD)).toBe(true)
  expect(await passwords.verify(first, `${PASSWORD}.`)).toBe(false)
})

test('where there is no password the same work is done, and nothing is accepted', async () => {
  const passwords = createPasswords()
  const stored = await passwords.hash(PASSWORD)
  for (const candidate of [PASSWORD, '', 'nobody']) expect(await passwords.verify(null, candidate)).toBe(false)
  expect(verify).toHaveBeenCalledTimes(3)
  // Algorithm, memory, passes, lanes, and the lengths of salt and hash decide how long it takes.
  const cost = (hash: string) => hash.split('$').map((part, index) => (index > 3 ? part.length : part))
  expect(cost(String(vi.mocked(verify).mock.lastCall?.[0]))).toEqual(cost(stored))
})

test('two are worked on at a time, and the queue is bounded', async () => {
  const passwords = createPasswords()
  const stored = await passwords.hash(PASSWORD)
  let running = 0
  let most = 0
  const open: (() => void)[] = []
  vi.mocked(verify).mockImplementation(async () => {
    running += 1
    most = Math.max(most, running)
    await new Promise<void>((resolve) => { open.push(resolve) })
    running -= 1
    return true
  })
  const attempts = Array.from({ length: 34 }, () => passwords.verify(stored, PASSWORD))
  await expect(passwords.verify(stored, PASSWORD)).rejects.toThrow(AppError)
  await vi.waitFor(() => {
    open.splice(0).forEach((resolve) => { resolve() })
    expect(verify).toHaveBeenCalledTimes(34)
    expect(running).toBe(0)
  }, 20_000)
  expect(await Promise.all(attempts)).toEqual(Array.from({ length: 34 }, () => true))
  expect(most).toBe(2)
})
