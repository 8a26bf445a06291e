import type { Condition } from '@assay/sdk/core'
import type { FlagVariant, Targeting } from '../contract/flags.ts'
import type { RouteBodyInput } from '../contract/route.ts'
import type { routes } from '../contract/routes.ts'

type NewFlag = RouteBodyInput<typeof routes.createFlag>
type NewCohort = RouteBodyInput<typeof routes.createCohort>
/** What a flag does where; an environment that is left out stays off. */
export interface DemoFlag {
  flag: NewFlag
  targeting: Record<string, Omit<Targeting, 'enabled' | 'offVariant' | 'prerequisites'> & Partial<Targeting>>
}

const EMPLOYEES = Array.from({ length: 12 }, (_, index) => `staff-${String(index + 1).padStart(2, '0')}`)

const when = (attribute: string, ...values: (string | boolean)[]): Condition => ({ attribute, op: 'in', values })
const cohort = (key: string, name: string, description: string, predicate: Condition | null, included: string[] = []): NewCohort => ({ key, name, description, unit: 'user', when: predicate, included, excluded: [] })

export const demoCohorts: readonly NewCohort[] = [
  cohort('eea-shoppers', 'Shoppers in the EEA', 'Countries in which our payment provider may store a card.', when('country', 'DE', 'AT', 'FR', 'NL', 'BE', 'IT', 'ES')),
  cohort('returning-shoppers', 'Returning shoppers', 'People who have ordered before.', when('returning', true)),
  cohort('phone-shoppers', 'Shoppers on a phone', 'Whoever visits on a small screen.', when('device', 'phone')),
  cohort('business-customers', 'Business customers', 'They buy for a company and may pay by invoice.', when('company', true)),
  cohort('loyal-eea-shoppers', 'Loyal shoppers in the EEA', 'A cohort built from two others.', { all: [{ cohort: 'eea-shoppers' }, { cohort: 'returning-shoppers' }] }),
  cohort('employees', 'Employees', 'A list of accounts: they see everything new first.', null, EMPLOYEES),
]

const onOff: FlagVariant[] = [{ key: 'off', name: 'Off', value: false }, { key: 'on', name: 'On', value: true }]
const serving = (variant: string, ...rules: Targeting['rules']): DemoFlag['targeting'][string] => ({ rules, fallthrough: { variant } })
const employeesFirst = (variant: string): Targeting['rules'][number] => ({ id: 'employees', name: 'Employees see it first', when: { cohort: 'employees' }, serve: { variant } })

/** Flags of all types and kinds. Those with an experiment receive its rule when the experiment starts. */
export const demoFlags: readonly DemoFlag[] = [
  {
    flag: { key: 'express-pay', name: 'Express pay', description: 'Pay with a stored card, without the address form.', kind: 'experiment', type: 'boolean', clientVisible: true, variants: [{ key: 'form', name: 'Address form', value: false }, { key: 'express', name: 'Express pay', value: true }] },
    targeting: { development: serving('express'), staging: serving('express'), production: serving('form', employeesFirst('express')) },
  },
  {
    flag: { key: 'checkout-countdown', name: 'Countdown at checkout', description: 'A clock that says how long the cart is reserved.', kind: 'experiment', type: 'boolean', variants: [{ key: 'calm', name: 'No clock', value: false }, { key: 'countdown', name: 'Countdown', value: true }] },
    targeting: { development: serving('countdown'), production: serving('calm') },
  },
  {
    flag: {
      key: 'search-ranking', name: 'Search ranking', description: 'How results of the product search are ordered.', kind: 'experiment', type: 'string', clientVisible: true,
      variants: [{ key: 'classic', name: 'Classic', value: 'classic' }, { key: 'semantic', name: 'By meaning', value: 'semantic' }],
    },
    targeting: { development: serving('semantic'), staging: serving('semantic'), production: serving('classic', employeesFirst('semantic')) },
  },
  {
    flag: { key: 'reviews-first', name: 'Reviews first', description: 'Where the stars of a product stand.', kind: 'experiment', type: 'boolean', variants: [{ key: 'below', name: 'Below the pictures', value: false }, { key: 'beside', name: 'Beside the price', value: true }] },
    targeting: { development: serving('beside'), production: serving('below') },
  },
  {
    flag: {
      key: 'returns-note', name: 'Returns note', description: 'What the product page says about returns.', kind: 'experiment', type: 'string',
      variants: [{ key: 'none', name: 'Nothing', value: '' }, { key: 'days', name: '30 days', value: 'Return it within 30 days.' }, { key: 'free', name: 'Free returns', value: 'Returns are free.' }],
    },
    targeting: { development: serving('free'), production: serving('none') },
  },
  {
    flag: { key: 'product-page-2', name: 'New product page', description: 'Larger pictures, reviews beside the price.', kind: 'release', type: 'boolean', variants: onOff, clientVisible: true },
    targeting: {
      development: serving('on'),
      staging: serving('on'),
      production: serving('off', employeesFirst('on'), {
        id: 'a-quarter', name: 'A quarter of shoppers on a phone', when: { cohort: 'phone-shoppers' },
        serve: { unit: 'user', salt: 'product-page-2.rollout', hash: 'murmur3', arms: [{ variant: 'on', weight: 100_000 }], coverage: 25_000 },
      }),
    },
  },
  {
    flag: { key: 'pay-by-invoice', name: 'Pay by invoice', description: 'Open to companies whose credit we check.', kind: 'permission', type: 'boolean', variants: onOff },
    targeting: {
      development: serving('on'),
      staging: serving('off', { id: 'companies', name: 'Companies', when: { cohort: 'business-customers' }, serve: { variant: 'on' } }),
      production: serving('off', { id: 'companies', name: 'Companies', when: { all: [{ cohort: 'business-customers' }, { cohort: 'eea-shoppers' }] }, serve: { variant: 'on' } }),
    },
  },
  {
    flag: {
      key: 'free-shipping-from', name: 'Free shipping from', description: 'Value of the cart in euros from which shipping is free.', kind: 'operational', type: 'float', clientVisible: true,
      variants: [{ key: 'standard', name: 'Standard', value: 39.5 }, { key: 'low', name: 'Low', value: 19.5 }, { key: 'abroad', name: 'Abroad', value: 89 }],
    },
    targeting: {
      development: serving('standard'),
      staging: serving('standard'),
      production: serving('standard', { id: 'outside-eea', name: 'Outside the EEA', when: { not: { cohort: 'eea-shoppers' } }, serve: { variant: 'abroad' } }, { id: 'companies', name: 'Companies', when: { cohort: 'business-customers' }, serve: { variant: 'low' } }),
    },
  },
  {
    flag: {
      key: 'cart-limit', name: 'Largest cart', description: 'How many items a cart may hold.', kind: 'operational', type: 'integer',
      variants: [{ key: 'normal', name: 'Normal', value: 50 }, { key: 'sale', name: 'During a sale', value: 10 }],
    },
    targeting: { development: serving('normal'), staging: serving('sale'), production: serving('normal') },
  },
  {
    flag: {
      key: 'maintenance-banner', name: 'Maintenance banner', description: 'Shown on every page while a part is away.', kind: 'operational', type: 'object', clientVisible: true,
      variants: [{ key: 'hidden', name: 'Hidden', value: { show: false } }, { key: 'payments', name: 'Payments are slow', value: { show: true, tone: 'warning', text: 'Payments take a little longer at the moment.' } }],
    },
    targeting: { development: serving('payments'), staging: serving('hidden'), production: serving('hidden') },
  },
  {
    flag: { key: 'recommendations', name: 'Recommendations', description: 'Off when the recommendation service is in trouble.', kind: 'operational', type: 'boolean', variants: onOff },
    targeting: {
      development: serving('on'),
      staging: serving('on'),
      // Recommendations stand on the new product page only.
      production: { ...serving('on'), prerequisites: [{ flag: 'product-page-2', variants: ['on'] }] },
    },
  },
  { flag: { key: 'gift-wrapping', name: 'Gift wrapping', description: 'Waits for the warehouse.', kind: 'release', type: 'boolean', variants: onOff }, targeting: {} },
]
