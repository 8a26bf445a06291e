type Labels = Readonly<Record<string, string | number>>

export interface Counter {
  add(labels?: Labels, by?: number): void
}

/** Counters and gauges of this process, written as Prometheus text. Names and labels are chosen by us, never by a request. */
export interface Measures {
  /** Asking for the same name twice gives the same counter. */
  counter(name: string, help: string): Counter
  /** `read` is called at every scrape. */
  gauge(name: string, help: string, read: () => number | readonly { labels: Labels; value: number }[]): void
  text(): string
}

export function createMeasures(): Measures {
  const counters = new Map<string, { help: string; values: Map<string, number>; counter: Counter }>()
  const gauges = new Map<string, { help: string; read: () => number | readonly { labels: Labels; value: number }[] }>()
  return {
    counter(name, help) {
      const known = counters.get(name)
      if (known) return known.counter
      const values = new Map<string, number>()
      const counter: Counter = {
        add(labels = {}, by = 1) {
          const key = written(labels)
          values.set(key, (values.get(key) ?? 0) + by)
        },
      }
      counters.set(name, { help, values, counter })
      return counter
    },
    gauge(name, help, read) {
      gauges.set(name, { help, read })
    },
    text() {
      const lines: string[] = []
      for (const [name, { help, values }] of counters) {
        lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} counter`)
        for (const [labels, value] of values) lines.push(`${name}${labels} ${value}`)
      }
      for (const [name, { help, read }] of gauges) {
        lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`)
        const now = read()
        if (typeof now === 'number') lines.push(`${name} ${now}`)
        else for (const { labels, value } of now) lines.push(`${name}${written(labels)} ${value}`)
      }
      return `${lines.join('\n')}\n`
    },
  }
}

function written(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${String(value).replace(/[\\"\n]/g, (found) => (found === '\n' ? '\\n' : `\\${found}`))}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}
