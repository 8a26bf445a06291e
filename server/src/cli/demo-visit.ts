import type { Client, Context } from '@assay/sdk'
import { type Customer, type Random, type Shown, type ShopEvent, visit } from './demo-shop.ts'

/** What the shop tells Assay about a person. */
export function contextOf({ id, country, returning, device, company }: Customer): Context {
  return { targetingKey: id, country, returning, device, company }
}

/** A visit as the shop's code would serve it: asks every flag it needs, and lets the person do what they do. */
export function serveVisit(assay: Client, person: Customer, random: Random): ShopEvent[] {
  const context = contextOf(person)
  const shown: Shown = {
    expressPay: assay.getBoolean('express-pay', false, context),
    ranking: assay.getString('search-ranking', 'classic', context),
    countdown: assay.getBoolean('checkout-countdown', false, context),
    reviewsBeside: assay.getBoolean('reviews-first', false, context),
  }
  // Asked on every visit as well, though what they decide changes nobody's mind here.
  assay.getObject('maintenance-banner', { show: false }, context)
  assay.getFloat('free-shipping-from', 39, context)
  assay.getInteger('cart-limit', 50, context)
  assay.getBoolean('product-page-2', false, context)
  assay.getBoolean('pay-by-invoice', false, context)
  assay.getBoolean('recommendations', false, context)
  return visit(person, shown, random)
}
