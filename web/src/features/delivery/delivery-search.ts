export const PERIODS = [{ days: 30, label: '30 days' }, { days: 90, label: '90 days' }, { days: 365, label: '12 months' }] as const
export type PeriodDays = (typeof PERIODS)[number]['days']

export interface DeliverySearch {
  days?: PeriodDays | undefined
  environment?: string | undefined
  clock?: 'local' | undefined
}

/** What the address of the page says; what is not understood counts as not said. */
export function deliverySearch(search: Record<string, unknown>): DeliverySearch {
  const days = PERIODS.find((period) => period.days === Number(search['days']))?.days
  const environment = typeof search['environment'] === 'string' && search['environment'] !== '' ? search['environment'] : undefined
  return { ...(days === undefined ? {} : { days }), ...(environment === undefined ? {} : { environment }), ...(search['clock'] === 'local' ? { clock: 'local' } : {}) }
}
