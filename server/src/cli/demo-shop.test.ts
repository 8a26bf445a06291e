import { expect, test } from 'vitest'
import { customer, seededRandom, type Shown, visit } from './demo-shop.ts'

function orderShare(shown: Partial<Shown>): number {
  const random = seededRandom(1)
  const visits = 20_000
  let orders = 0
  for (let index = 0; index < visits; index++) {
    const events = visit(customer(index), { expressPay: false, ranking: 'classic', countdown: false, reviewsBeside: false, ...shown }, random)
    if (events.some((event) => event.name === 'order')) orders++
  }
  return orders / visits
}

test('a customer is always the same person', () => {
  expect(customer(42)).toEqual(customer(42))
  expect(new Set(Array.from({ length: 50 }, (_, index) => JSON.stringify(customer(index)))).size).toBe(50)
})

test('express pay sells more and the countdown sells less', () => {
  const plain = orderShare({})
  expect(orderShare({ expressPay: true })).toBeGreaterThan(plain * 1.1)
  expect(orderShare({ countdown: true })).toBeLessThan(plain * 0.9)
})

test('nobody is refunded without an order', () => {
  const random = seededRandom(3)
  for (let index = 0; index < 5000; index++) {
    const names = visit(customer(index), { expressPay: true, ranking: 'semantic', countdown: true, reviewsBeside: true }, random).map((event) => event.name)
    if (names.includes('refund')) expect(names).toContain('order')
  }
})
