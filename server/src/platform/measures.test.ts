import { expect, test } from 'vitest'
import { createMeasures } from './measures.ts'

test('counters and gauges are written as Prometheus text', () => {
  const measures = createMeasures()
  const requests = measures.counter('requests_total', 'Requests.')
  requests.add({ route: '/a', status: 200 })
  requests.add({ route: '/a', status: 200 }, 2)
  measures.counter('requests_total', 'Requests.').add({ route: 'a "quoted"\nroute', status: 500 })
  measures.gauge('spool', 'Waiting.', () => 3)
  measures.gauge('version', 'Newest.', () => [{ labels: { environment: 'production' }, value: 7 }])
  expect(measures.text()).toBe(
    [
      '# HELP requests_total Requests.',
      '# TYPE requests_total counter',
      'requests_total{route="/a",status="200"} 3',
      'requests_total{route="a \\"quoted\\"\\nroute",status="500"} 1',
      '# HELP spool Waiting.',
      '# TYPE spool gauge',
      'spool 3',
      '# HELP version Newest.',
      '# TYPE version gauge',
      'version{environment="production"} 7',
      '',
    ].join('\n'),
  )
})
