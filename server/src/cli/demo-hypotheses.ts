import type { ExperimentSetup } from '../contract/experiments.ts'
import type { HypothesisDraft } from '../contract/hypotheses.ts'
import type { RouteBodyInput } from '../contract/route.ts'
import type { routes } from '../contract/routes.ts'

type NewMetric = RouteBodyInput<typeof routes.createMetric>

export const demoMetrics: readonly NewMetric[] = [
  { key: 'orders', name: 'Order rate', description: 'Share of people who place an order within three days of their first visit.', type: 'conversion', event: 'order', direction: 'increase', unitLabel: '', windowHours: 72 },
  { key: 'revenue', name: 'Revenue per person', description: 'Value of the orders within three days of the first visit, refunds not subtracted.', type: 'mean', event: 'order', direction: 'increase', unitLabel: 'EUR', windowHours: 72 },
  { key: 'checkouts', name: 'Checkout rate', description: 'Share of people who start a checkout within three days of their first visit.', type: 'conversion', event: 'checkout_started', direction: 'increase', unitLabel: '', windowHours: 72 },
  { key: 'refunds', name: 'Refund rate', description: 'Share of people with at least one refund.', type: 'conversion', event: 'refund', direction: 'decrease', unitLabel: '', windowHours: null },
  { key: 'help', name: 'Help rate', description: 'Share of people who open the help pages.', type: 'conversion', event: 'help_opened', direction: 'decrease', unitLabel: '', windowHours: null },
  { key: 'search-time', name: 'Search time', description: 'Seconds from a search to the first click on a result, summed per person.', type: 'mean', event: 'search', direction: 'decrease', unitLabel: 's', windowHours: null },
  { key: 'order-value', name: 'Value per order', description: 'Value of all orders over their number, within three days of the first visit.', owner: 'Checkout', type: 'ratio', aggregate: 'sum', event: 'order', denominator: { event: 'order', aggregate: 'count' }, direction: 'increase', unitLabel: 'EUR', windowHours: 72 },
  { key: 'checkout-funnel', name: 'Checkout completed', description: 'Share of people who start a checkout and then order, within three days of the first visit.', owner: 'Checkout', type: 'funnel', event: 'checkout_started', steps: [{ event: 'order' }], direction: 'increase', unitLabel: '', windowHours: 72 },
  { key: 'slow-search', name: 'Slow searches', description: 'What the slowest twentieth of all searches takes.', owner: 'Search', type: 'quantile', quantile: { q: 0.95, of: 'events' }, event: 'search', direction: 'decrease', unitLabel: 's', windowHours: null },
]

const setup = { environment: 'production', unitType: 'user', assignment: 'internal', plannedDays: null, alpha: 0.05, power: 0.8 } as const satisfies Partial<ExperimentSetup>
const halves = (control: string, treatment: string) => ({ arms: [{ variant: control, weight: 1 }, { variant: treatment, weight: 1 }], control })

export interface DemoExperiment {
  hypothesis: HypothesisDraft
  setup: ExperimentSetup
}

/** Confirmed: the rule fires before all planned people have come. */
export const expressPay: DemoExperiment = {
  hypothesis: {
    title: 'Express pay at checkout',
    change: 'offer to pay with a stored card, without the address form',
    audience: 'shoppers in the EEA',
    cohort: 'eea-shoppers',
    because: 'half of those who start a checkout leave at the address form',
    primaryMetric: 'orders',
    direction: 'increase',
    minimumEffect: 0.06,
    guardrails: [{ metric: 'help', margin: 0.25 }],
    secondaryMetrics: ['revenue', 'checkouts', 'refunds'],
    wrongIf: 'the whole interval of people who order lies below 6% more',
    rollbackPlan: 'Turn express-pay off: the address form is still there.',
    maxExposure: 0.5,
    maxDays: 42,
    decider: 'Product owner of checkout, on the Monday after the rule fires',
    forecast: { probability: 0.4, lift: 0.08 },
  },
  setup: { ...setup, ...halves('form', 'express'), flag: 'express-pay', coverage: 1, mode: 'group_sequential', plannedUnits: 16_000, minDays: 14 },
}

/** Harmful: stopped as soon as the harm was beyond doubt. */
export const countdown: DemoExperiment = {
  hypothesis: {
    title: 'A countdown at checkout',
    change: 'show how long the cart stays reserved',
    audience: 'everybody who visits the shop',
    cohort: null,
    because: 'people put off an order that they could as well place tomorrow',
    primaryMetric: 'orders',
    direction: 'increase',
    minimumEffect: 0.05,
    guardrails: [{ metric: 'help', margin: 0.1 }, { metric: 'refunds', margin: 0.2 }],
    secondaryMetrics: ['revenue', 'checkouts'],
    wrongIf: 'fewer people order, or more of them ask for their money back',
    rollbackPlan: 'Turn checkout-countdown off: the clock disappears with the next page.',
    maxExposure: 0.25,
    maxDays: 28,
    decider: 'Product owner of checkout, at once when it does harm',
    forecast: { probability: 0.6, lift: 0.06 },
  },
  setup: { ...setup, ...halves('calm', 'countdown'), flag: 'checkout-countdown', coverage: 0.5, mode: 'always_valid', plannedUnits: 12_000, minDays: 7 },
}

/** Rejected: no effect worth having, and something learned all the same. */
export const reviewsFirst: DemoExperiment = {
  hypothesis: {
    title: 'Reviews beside the price',
    change: 'show the stars of a product beside its price, not below the pictures',
    audience: 'everybody who visits the shop',
    cohort: null,
    because: 'in interviews 9 of 14 shoppers said that they look for reviews first',
    primaryMetric: 'orders',
    direction: 'increase',
    minimumEffect: 0.2,
    guardrails: [{ metric: 'help', margin: 0.25 }],
    secondaryMetrics: ['revenue', 'checkouts'],
    wrongIf: 'the whole interval of people who order lies below 20% more',
    rollbackPlan: 'Turn reviews-first off: the stars move back below the pictures.',
    maxExposure: 0.5,
    maxDays: 28,
    decider: 'Product owner of the product page, once all planned people have come',
    forecast: { probability: 0.7, lift: 0.25 },
  },
  // Salts differ from run to run: with so small an alpha, luck shows another verdict once in hundreds of demos.
  setup: { ...setup, ...halves('below', 'beside'), flag: 'reviews-first', coverage: 1, mode: 'fixed', plannedUnits: 12_000, minDays: 7, alpha: 0.002 },
}

/** Running while you watch. */
export const semanticRanking: DemoExperiment = {
  hypothesis: {
    title: 'Search results by meaning',
    change: 'order search results by what people mean, not by the words they type',
    audience: 'everybody who visits the shop',
    cohort: null,
    because: 'a third of all searches use words that no product name contains',
    primaryMetric: 'orders',
    direction: 'increase',
    minimumEffect: 0.05,
    guardrails: [{ metric: 'search-time', margin: 0.1 }, { metric: 'help', margin: 0.1 }],
    secondaryMetrics: ['revenue', 'checkouts'],
    wrongIf: 'the whole interval of people who order lies below 5% more',
    rollbackPlan: 'Serve classic: both rankings are kept up to date.',
    maxExposure: 0.3,
    maxDays: 60,
    decider: 'Product owner of search, when all planned people have come',
    forecast: { probability: 0.35, lift: 0.06 },
  },
  setup: { ...setup, ...halves('classic', 'semantic'), flag: 'search-ranking', coverage: 0.5, mode: 'always_valid', plannedUnits: 34_000, minDays: 14 },
}

/** Planned, not started: its flag has three arms. */
export const returnsNote: DemoExperiment = {
  hypothesis: {
    title: 'Say that returns are free',
    change: 'say on the product page that a return costs nothing',
    audience: 'people who have not ordered before',
    cohort: null,
    because: 'those who ask the help pages before a first order mostly ask about returns',
    primaryMetric: 'orders',
    direction: 'increase',
    minimumEffect: 0.04,
    guardrails: [{ metric: 'refunds', margin: 0.1 }],
    secondaryMetrics: ['revenue', 'help'],
    wrongIf: 'more people order, but refunds eat what they bring',
    rollbackPlan: 'Serve none: the note disappears with the next page.',
    maxExposure: 0.7,
    maxDays: 42,
    decider: '',
  },
  setup: {
    ...setup, arms: [{ variant: 'none', weight: 1 }, { variant: 'days', weight: 1 }, { variant: 'free', weight: 1 }], control: 'none',
    flag: 'returns-note', coverage: 1, mode: 'fixed', plannedUnits: 45_000, minDays: 14,
  },
}

/** An idea that is still being written. */
export const looseIdea: HypothesisDraft = {
  title: 'Fewer e-mails after an order',
  change: 'send one e-mail when the parcel leaves, instead of four on its way',
  audience: '',
  cohort: 'loyal-eea-shoppers',
  because: '',
  primaryMetric: 'help',
  direction: 'decrease',
  minimumEffect: null,
  guardrails: [],
  secondaryMetrics: [],
  wrongIf: '',
  rollbackPlan: '',
  maxExposure: null,
  maxDays: null,
  decider: '',
}

/** What goes on from express pay: the same belief, for those whose card may not be stored. */
export function knownAddress(from: string): HypothesisDraft {
  return {
    title: 'Fill in the address that we know',
    change: 'fill in the address of the last order, so that it only has to be looked at',
    audience: 'returning shoppers outside the EEA',
    cohort: 'returning-shoppers',
    because: 'express pay showed that people leave because of the form, and 55% of shoppers have filled it in before',
    primaryMetric: 'orders',
    direction: 'increase',
    minimumEffect: 0.04,
    guardrails: [{ metric: 'refunds', margin: 0.1 }],
    secondaryMetrics: ['checkouts'],
    wrongIf: 'the whole interval of people who order lies below 4% more',
    rollbackPlan: 'Turn the flag off: the form is empty again.',
    maxExposure: null,
    maxDays: 28,
    decider: 'Product owner of checkout, on the first Monday after it ends',
    forecast: { probability: 0.45, lift: 0.05 },
    relatedTo: { hypothesis: from, kind: 'follow_up' },
  }
}
