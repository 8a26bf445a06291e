/** How long a rotated key may go on, as people choose it. */
export const overlaps = [
  { hours: 1, label: '1 hour', description: 'For one service that you deploy right now.' },
  { hours: 24, label: '24 hours', description: 'For services that are deployed today.' },
  { hours: 168, label: '7 days', description: 'For services that others deploy.' },
  { hours: 0, label: 'No overlap', description: 'For a key that leaked: the old one stops at once.' },
] as const

export type Overlap = (typeof overlaps)[number]['hours']
