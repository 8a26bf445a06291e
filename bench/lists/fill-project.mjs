const words = ['checkout', 'search', 'basket', 'profile', 'invoice', 'delivery', 'mobile', 'partner', 'refund', 'pricing']
const doings = ['express', 'new', 'fast', 'smart', 'guided', 'shared', 'plain', 'bold']
const pick = (list, n) => list[n % list.length]
const quoted = (value) => (value === null ? 'NULL' : `'${String(value).replaceAll("'", "''")}'`)
const json = (value) => `${quoted(JSON.stringify(value))}::jsonb`

/** Fills a project with flags, a hypothesis and an experiment each, and a sealed audit log; straight into the tables, the same each time. */
export async function fillProject(db, chainHash, key, { flags, experiments, entries }) {
  const project = await db.project.findFirstOrThrow({ where: { key }, include: { environments: true } })
  const people = Array.from({ length: 12 }, (_, n) => `Person ${n + 1}`)
  const id = (kind, n) => `${kind}${n.toString(16).padStart(7, '0')}-0000-7000-8000-${project.id.slice(-12)}`
  const start = Date.UTC(2026, 0, 1)
  const at = (n) => quoted(new Date(start + n * 60_000).toISOString())
  const insert = async (table, columns, rows) => {
    for (let from = 0; from < rows.length; from += 1_000) await db.$executeRawUnsafe(`INSERT INTO "${table}" (${columns.map((name) => `"${name}"`).join(', ')}) VALUES ${rows.slice(from, from + 1_000).map((row) => `(${row.join(', ')})`).join(', ')}`)
  }
  const numbers = Array.from({ length: flags }, (_, n) => n + 1)
  const flagId = (n) => quoted(id('f', n))
  const split = (n) => ({ unit: 'user', salt: `s-${n}`, hash: 'murmur3', arms: [{ variant: 'off', weight: 50_000 }, { variant: 'on', weight: 50_000 }], coverage: 100_000 })

  await insert('flag', ['id', 'projectId', 'key', 'name', 'kind', 'type', 'owner', 'tags', 'expectedRemoval', 'createdAt', 'changedAt', 'changedBy'], numbers.map((n) => [
    flagId(n), quoted(project.id), quoted(`flag-${n}`), quoted(`${pick(doings, n)} ${pick(words, Math.floor(n / 8))} ${n}`), quoted(pick(['release', 'experiment', 'operational', 'permission'], n)), quoted('boolean'),
    quoted(n % 5 === 0 ? null : pick(people, n)), `ARRAY[${quoted(`team:${pick(words, n)}`)}, ${quoted(n % 2 ? 'web' : 'app')}]`, n % 9 === 0 ? `'2026-06-30'` : 'NULL', at(n), at(n * 3), quoted(pick(people, n)),
  ]))
  await insert('variant', ['id', 'flagId', 'key', 'value', 'position'], numbers.flatMap((n) => [[quoted(id('a', n)), flagId(n), quoted('off'), json(false), 0], [quoted(id('b', n)), flagId(n), quoted('on'), json(true), 1]]))
  await insert('flag_environment', ['flagId', 'environmentId', 'enabled', 'offVariant', 'fallthrough', 'changedBy'], numbers.flatMap((n) => project.environments.map((environment, index) => [flagId(n), quoted(environment.id), (n + index) % 3 !== 0, quoted('off'), n % 4 === 0 ? json(split(n)) : json({ variant: 'on' }), quoted(pick(people, n))])))
  await insert('rule', ['flagId', 'environmentId', 'id', 'position', 'name', 'condition', 'serve'], numbers.filter((n) => n % 2 === 0).flatMap((n) => project.environments.map((environment) => [flagId(n), quoted(environment.id), quoted('staff'), 0, quoted('Staff'), json({ attribute: 'role', op: 'in', values: ['staff'] }), json({ variant: 'on' })])))

  const tests = Array.from({ length: experiments }, (_, n) => n + 1)
  const draft = (n) => ({ title: `${pick(words, n)} gets ${pick(doings, n)} ${n}`, change: 'show it in one step', audience: 'everybody', cohort: null, because: 'people leave at the second step', primaryMetric: null, direction: 'increase', minimumEffect: 0.02, guardrails: [], secondaryMetrics: [], wrongIf: 'nothing moves', rollbackPlan: 'turn it off', maxExposure: 1, maxDays: 30, decider: pick(people, n) })
  const setup = (n) => ({ flag: `flag-${n}`, environment: project.environments[0].key, unitType: 'user', assignment: 'external', arms: [{ variant: 'off', weight: 1 }, { variant: 'on', weight: 1 }], control: 'off', coverage: 1, mode: 'fixed', plannedUnits: 1_000, plannedDays: null, minDays: 0, alpha: 0.05, power: 0.8 })
  await insert('hypothesis', ['id', 'projectId', 'key', 'title', 'draft', 'level', 'createdBy', 'changedBy'], tests.map((n) => [quoted(id('c', n)), quoted(project.id), quoted(`H-${n}`), quoted(draft(n).title), json(draft(n)), (n % 4) + 1, quoted(pick(people, n)), quoted(pick(people, n))]))
  await insert('experiment', ['id', 'projectId', 'environmentId', 'hypothesisId', 'flagId', 'key', 'assignment', 'setup'], tests.map((n) => [quoted(id('d', n)), quoted(project.id), quoted(project.environments[0].id), quoted(id('c', n)), flagId(n), quoted(`EXP-${n}`), quoted('external'), json(setup(n))]))

  const { auditSeq, auditHash } = await db.project.findUniqueOrThrow({ where: { id: project.id } })
  let [seq, hash] = [auditSeq, auditHash]
  const environment = project.environments[0].key
  const targeting = { enabled: true, offVariant: 'off', prerequisites: [], rules: [], fallthrough: { variant: 'on' } }
  while (seq < auditSeq + entries) {
    const rows = []
    while (rows.length < 1_000 && seq < auditSeq + entries) {
      seq += 1
      const entry = { projectId: project.id, seq, at: new Date(start + seq * 1_000), actorId: null, actorName: pick(people, seq), action: seq % 3 ? 'flag.turned_on' : 'flag.targeting_changed', entityKind: 'flag', entityKey: `flag-${(seq % flags) + 1}`, environment, before: { ...targeting, enabled: false }, after: targeting, reason: 'Because it was time.', revision: 2 }
      const next = chainHash(hash, entry)
      rows.push({ ...entry, previousHash: hash, hash: next })
      hash = next
    }
    await db.auditEntry.createMany({ data: rows })
  }
  await db.project.update({ where: { id: project.id }, data: { auditSeq: seq, auditHash: hash } })
  await db.$executeRawUnsafe('ANALYZE')
}
