import { setTimeout as wait } from 'node:timers/promises'
import { type Client, createClient } from '@assay/sdk'
import type { ExperimentDetail } from '../contract/experiments.ts'
import { routes } from '../contract/routes.ts'
import { type ApiClient, createApiClient } from './api-client.ts'
import { createCatalogue, createColleagues, draftExperiment, takeTasksOn } from './demo-content.ts'
import { startOfHistory, type Traffic, visitsOfDay } from './demo-history.ts'
import { countdown, expressPay, knownAddress, looseIdea, returnsNote, reviewsFirst, semanticRanking } from './demo-hypotheses.ts'
import { serveVisit } from './demo-visit.ts'
import type { Installation } from './set-up.ts'

const ENVIRONMENT = 'production'
const HISTORY_DAYS = 28
const TRAFFIC: Traffic = { customers: 16_000, visitsPerDay: 1_400 }
/** Days of the history on which something is done, counted from its start. */
const COUNTDOWN_STOPS = 12
const RANKING_STARTS = 16
const EXPRESS_PAY_IS_DECIDED = 25

export interface Prepared {
  /** Server key of the shop. */
  key: string
  /** Of the colleagues. */
  emails: string[]
}

/**
 * Four weeks in the life of a shop, through the public API and the SDK alone.
 *
 * The history is made in its order: each experiment is started, stopped and decided between the days of visits that belong to it, and
 * every visit is evaluated by an SDK that holds the ruleset of that moment, so the arms are those Assay assigned. Only the clock is
 * borrowed: the shop's SDK runs on `now` of the visit and sends with `backfill`, as any service imports its past. What the
 * server stamps itself (start, stop, audit) says when this was really done: today. Nothing pretends that a plan was sealed earlier.
 */
export async function prepareDemo(url: string, { api, project, password }: Installation, say: (line: string) => void): Promise<Prepared> {
  const params = { project }
  const { as, emails } = await createColleagues(api, project, password, () => createApiClient(url))
  const owner = as('product_owner')
  await createCatalogue(as('engineer'), project)
  const { secret } = await as('engineer').call(routes.createKey, { params, body: { environment: ENVIRONMENT, kind: 'server', name: 'Storefront service' } })
  const onExpressPay = await draftExperiment(owner, project, expressPay)
  const onCountdown = await draftExperiment(owner, project, countdown)
  const onRanking = await draftExperiment(owner, project, semanticRanking)
  await draftExperiment(owner, project, returnsNote)
  await owner.call(routes.createHypothesis, { params, body: looseIdea })
  const onReviews = await draftExperiment(owner, project, reviewsFirst)
  say('Flags, cohorts, metrics and hypotheses are written down.')

  const now = new Date()
  const shop = pastShop(url, secret, now, async () => {
    const { environments } = await api.call(routes.getProject, { params })
    return environments.find(({ key }) => key === ENVIRONMENT)?.rulesetVersion ?? 0
  })
  await heard(api, project)
  await start(owner, project, onExpressPay)
  await start(owner, project, onCountdown)
  await start(owner, project, onReviews)
  await shop.live(0, COUNTDOWN_STOPS)
  const harmful = await analyse(owner, project, onCountdown)
  say(`${harmful.title}: ${harmful.verdict?.sentence ?? 'no verdict yet'}`)
  await owner.call(routes.stopExperiment, { params: { ...params, experiment: onCountdown }, body: { reason: 'It costs orders: the rule that we agreed on has fired.' } })
  await shop.live(COUNTDOWN_STOPS, RANKING_STARTS)
  await start(owner, project, onRanking)
  await shop.live(RANKING_STARTS, EXPRESS_PAY_IS_DECIDED)
  // Stopped first: a group-sequential plan is read once a day and at its end, and the server may have read it today.
  await owner.call(routes.stopExperiment, { params: { ...params, experiment: onExpressPay }, body: { reason: 'The review is due: nobody new is needed to decide.' } })
  const confirmed = await analyse(owner, project, onExpressPay)
  say(`${confirmed.title}: ${confirmed.verdict?.sentence ?? 'no verdict yet'}`)
  await owner.call(routes.decideExperiment, { params: { ...params, experiment: onExpressPay }, body: DECISION })
  await takeTasksOn(as('engineer'), project, onExpressPay, 'Engineer')
  await owner.call(routes.createHypothesis, { params, body: knownAddress(confirmed.hypothesis) })
  const reviews = await analyse(owner, project, onReviews)
  say(`${reviews.title}: ${reviews.verdict?.sentence ?? 'no verdict yet'}`)
  await owner.call(routes.decideExperiment, { params: { ...params, experiment: onReviews }, body: REVIEWS_DECISION })
  await takeTasksOn(as('engineer'), project, onReviews, 'Engineer', 'Gone with the last release of the product page.')
  await shop.live(EXPRESS_PAY_IS_DECIDED, HISTORY_DAYS + 1)
  const { sent, rejected, dropped } = await shop.close()
  if (rejected > 0 || Object.keys(dropped).length > 0) throw new Error(`Of the history, ${rejected} items were refused and some dropped: ${JSON.stringify(dropped)}.`)
  const running = await analyse(owner, project, onRanking)
  say(`${running.title}: ${running.verdict?.sentence ?? 'no verdict yet'}`)
  say(`${sent.toLocaleString('en-GB')} exposures and events of four weeks are stored.`)
  return { key: secret, emails }
}

const DECISION = {
  choice: 'ship' as const,
  note: 'The rule has fired before all planned people have come. Express pay goes to everybody in the EEA; the address form stays for the others.',
  learning: 'People left at the address form because of the form, not because of the price. Wherever else we ask for an address, we should first ask whether we know it already.',
}

const REVIEWS_DECISION = {
  choice: 'remove' as const,
  note: '',
  learning: 'What people say they look for first is not what makes them buy: with the stars beside the price they order as before. Ask what they did last time, not what they would like.',
}

/** Waits until the server has heard from the shop's SDK: in production an experiment starts only where a service asks. */
async function heard(api: ApiClient, project: string): Promise<void> {
  while ((await api.call(routes.getConnections, { params: { project, environment: ENVIRONMENT } })).connected === 0) await wait(200)
}

async function start(api: ApiClient, project: string, experiment: string): Promise<void> {
  const params = { project, experiment }
  const { revision, sealing } = await api.call(routes.getExperiment, { params })
  await api.call(routes.startExperiment, { params, body: { basedOn: revision, sealing, reason: 'Four weeks of history are imported with it.' } })
}

async function analyse(api: ApiClient, project: string, experiment: string): Promise<ExperimentDetail> {
  return api.call(routes.analyseExperiment, { params: { project, experiment } })
}

/** The shop's service as it ran in the past. */
function pastShop(url: string, key: string, now: Date, servedVersion: () => Promise<number>) {
  const began = startOfHistory(now, HISTORY_DAYS)
  let clock = began.getTime()
  const assay = createClient({ url, key, backfill: true, batchSize: 1000, maxQueueSize: 100_000, now: () => clock })
  const holds = heldVersion(assay)
  return {
    /** Serves the visits from one day of the history up to another, in order, and waits until all of it is stored. */
    async live(from: number, to: number): Promise<void> {
      await holds(await servedVersion())
      for (let day = from; day < to; day++) {
        for (const { person, at, random } of visitsOfDay(began, day, TRAFFIC)) {
          if (at >= now) break
          clock = at.getTime()
          for (const { name, afterSeconds, value } of serveVisit(assay, person, random)) {
            const happened = new Date(clock + afterSeconds * 1000)
            if (happened < now) assay.track(name, { targetingKey: person.id }, { at: happened, ...(value === undefined ? {} : { value }) })
          }
        }
        await assay.flush()
      }
    },
    close: () => assay.close(),
  }
}

/** Waits until the SDK holds a version of the ruleset: what was just started or stopped is in it. */
function heldVersion(assay: Client): (wanted: number) => Promise<void> {
  let held = 0
  let wake = () => {}
  assay.onUpdate(({ version }) => {
    held = version
    wake()
  })
  return async (wanted) => {
    while (held < wanted) await new Promise<void>((resolve) => { wake = resolve })
  }
}
