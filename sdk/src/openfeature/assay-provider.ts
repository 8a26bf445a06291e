import { ErrorCode, GeneralError, OpenFeatureEventEmitter, ProviderEvents, ProviderFatalError, type EvaluationContext, type JsonValue, type Provider, type ResolutionDetails, type TrackingEventDetails } from '@openfeature/server-sdk'
import type { Client, Details, Status } from '../client/client-api.ts'
import { createClient } from '../client/client.ts'
import type { ClientOptions } from '../client/options.ts'
import type { Flag, Ruleset } from '../core/index.ts'
import { changedFlags } from './changed-flags.ts'
import { flagMetadata } from './flag-metadata.ts'
import { plainContext } from './plain-context.ts'

/**
 * Assay for `@openfeature/server-sdk`: flags are decided in the process, changes and lost contact become provider events,
 * exposures are recorded when a flag is asked, and `track` sends events.
 *
 * @example
 * await OpenFeature.setProviderAndWait(new AssayProvider({ url: 'http://localhost:4000', key: process.env.ASSAY_KEY }))
 * const client = OpenFeature.getClient()
 * if (await client.getBooleanValue('express-pay', false, { targetingKey: user.id })) showExpressPay()
 */
export class AssayProvider implements Provider {
  readonly metadata = { name: 'assay' }
  readonly runsOn = 'server'
  readonly events = new OpenFeatureEventEmitter()
  readonly #given: ClientOptions | Client
  #client: Client | undefined
  /** What OpenFeature believes; the SDK itself says `ready` after `initialize`, so it is never said twice. */
  #told: 'nothing' | 'ready' | 'stale' | 'error' = 'nothing'
  #ruleset: Ruleset | undefined
  #flags = new Map<string, Flag>()
  #ends: (() => void)[] = []

  /** With options the provider has a client of its own and closes it; a client that is given stays open. */
  constructor(given: ClientOptions | Client) {
    this.#given = given
  }

  /** Resolves once there is a ruleset. Rejects where none came in time; the client keeps trying, and a later one makes the provider ready. */
  async initialize(): Promise<void> {
    const client = isClient(this.#given) ? this.#given : createClient(this.#given)
    this.#client = client
    this.#follow(client)
    this.#ends.push(client.onUpdate(() => { this.#follow(client) }))
    const status = await client.ready()
    if (this.#client !== client) return
    this.#told = status === 'ready' || status === 'stale' ? 'ready' : 'error'
    this.#ends.push(client.onStatus(() => { this.#tell(client) }))
    // What has changed meanwhile, or is stale from the start, is said after the SDK has said how the start went.
    setTimeout(() => { this.#tell(client) }, 0)
    if (this.#told === 'ready') return
    const problem = client.problem()
    if (problem !== undefined) throw new ProviderFatalError(`Assay refuses the provider: ${problem}`)
    throw new GeneralError('Assay has not been reached yet: defaults are served until it is.')
  }

  /** Sends what waits, and closes the client that the provider made. */
  async onClose(): Promise<void> {
    const client = this.#client
    this.#client = undefined
    this.#told = 'nothing'
    for (const end of this.#ends.splice(0)) end()
    if (!client) return
    if (client === this.#given) await client.flush()
    else await client.close()
  }

  async resolveBooleanEvaluation(flagKey: string, defaultValue: boolean, context: EvaluationContext): Promise<ResolutionDetails<boolean>> {
    return this.#resolve(flagKey, defaultValue, (client) => client.getBooleanDetails(flagKey, defaultValue, plainContext(context)))
  }

  async resolveStringEvaluation(flagKey: string, defaultValue: string, context: EvaluationContext): Promise<ResolutionDetails<string>> {
    return this.#resolve(flagKey, defaultValue, (client) => client.getStringDetails(flagKey, defaultValue, plainContext(context)))
  }

  /** OpenFeature for JavaScript has one type of number; Assay has two. */
  async resolveNumberEvaluation(flagKey: string, defaultValue: number, context: EvaluationContext): Promise<ResolutionDetails<number>> {
    const isInteger = this.#flags.get(flagKey)?.type === 'integer'
    return this.#resolve(flagKey, defaultValue, (client) => client[isInteger ? 'getIntegerDetails' : 'getFloatDetails'](flagKey, defaultValue, plainContext(context)))
  }

  async resolveObjectEvaluation<T extends JsonValue>(flagKey: string, defaultValue: T, context: EvaluationContext): Promise<ResolutionDetails<T>> {
    // A default may be any JSON; the value of an object flag is an object, which is all that is promised of T.
    return this.#resolve(flagKey, defaultValue, (client) => client.getObjectDetails(flagKey, defaultValue as object, plainContext(context)) as unknown as Details<T>)
  }

  track(trackingEventName: string, context: EvaluationContext, { value, ...properties }: TrackingEventDetails = {}): void {
    this.#client?.track(trackingEventName, plainContext(context), { ...(value === undefined ? {} : { value }), ...(Object.keys(properties).length === 0 ? {} : { properties }) })
  }

  /** Errors are returned, not thrown: the SDK keeps the metadata of those. */
  #resolve<T>(flagKey: string, defaultValue: T, ask: (client: Client) => Details<T>): ResolutionDetails<T> {
    const client = this.#client
    if (!client) return { value: defaultValue, reason: 'ERROR', errorCode: ErrorCode.PROVIDER_NOT_READY, errorMessage: 'The provider is not initialized, or closed.' }
    const details = ask(client)
    const { value, variant, errorCode, errorMessage } = details
    const about = this.#ruleset ? { flagMetadata: flagMetadata(this.#ruleset, this.#flags.get(flagKey), details) } : {}
    if (errorCode !== undefined) return { value: defaultValue, reason: 'ERROR', errorCode: ErrorCode[errorCode], ...(errorMessage === undefined ? {} : { errorMessage }), ...about }
    if (variant === undefined) return { value, reason: details.reason, ...about }
    return { value, variant, reason: client.status() === 'stale' ? 'STALE' : details.reason, ...about }
  }

  #follow(client: Client): void {
    const [before, after] = [this.#ruleset, client.ruleset()]
    if (!after || after === before) return
    this.#ruleset = after
    this.#flags = new Map(after.flags.map((flag) => [flag.key, flag]))
    if (!before || this.#told === 'nothing') return
    const flagsChanged = changedFlags(before, after)
    if (flagsChanged.length > 0) this.events.emit(ProviderEvents.ConfigurationChanged, { flagsChanged })
  }

  /** The one place that emits what the provider's state is. */
  #tell(client: Client): void {
    if (this.#client !== client || this.#told === 'nothing') return
    const next = told[client.status()]
    if (next === this.#told) return
    this.#told = next
    if (next === 'ready') this.events.emit(ProviderEvents.Ready, { message: 'Assay is reached again.' })
    else if (next === 'stale') this.events.emit(ProviderEvents.Stale, { message: client.problem() ?? 'Assay is not reached: flags keep the values they have.' })
    else this.events.emit(ProviderEvents.Error, { message: 'There is no ruleset: defaults are served.', errorCode: ErrorCode.PROVIDER_NOT_READY })
  }
}

const told = { ready: 'ready', stale: 'stale', defaults: 'error', closed: 'error' } as const satisfies Record<Status, string>

function isClient(given: ClientOptions | Client): given is Client {
  return 'getBooleanDetails' in given
}
