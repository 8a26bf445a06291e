import { ErrorCode, GeneralError, OpenFeatureEventEmitter, ProviderEvents, ProviderFatalError, type EvaluationContext, type JsonValue, type Provider, type ResolutionDetails, type TrackingEventDetails } from '@openfeature/web-sdk'
import type { BrowserClient, BrowserClientOptions, BrowserDetails } from '../browser/browser-api.ts'
import { createBrowserClient } from '../browser/client.ts'
import type { Status } from '../client/client-api.ts'
import { plainContext } from '../openfeature/plain-context.ts'

/** Options of the browser client; the context is OpenFeature's own. */
export type AssayWebOptions = Omit<BrowserClientOptions, 'context'>

/** Kept or bootstrapped values are confirmed within a moment; only if they are not is the provider stale. */
const CONFIRMED_WITHIN_MS = 3000

/**
 * Assay for `@openfeature/web-sdk`: values for the context of the page, changes and lost contact as provider events;
 * exposures are recorded when a value is read, and `track` sends events.
 *
 * @example
 * await OpenFeature.setProviderAndWait(new AssayWebProvider({ url: 'https://assay.example.com', key: 'client-key' }), { targetingKey: user.id })
 * if (OpenFeature.getClient().getBooleanValue('express-pay', false)) showExpressPay()
 */
export class AssayWebProvider implements Provider {
  readonly metadata = { name: 'assay-web' }
  readonly runsOn = 'client'
  /** A client has one context, and so has the provider. */
  readonly domainScoped = true
  readonly events = new OpenFeatureEventEmitter()
  readonly #given: AssayWebOptions | BrowserClient
  #client: BrowserClient | undefined
  /** What OpenFeature believes. The SDK itself says how `initialize` and `onContextChange` went, so that is never said twice. */
  #told: 'nothing' | 'ready' | 'stale' | 'error' = 'nothing'
  /** Contexts that wait for their values: meanwhile the SDK says that it reconciles. */
  #reconciling = 0
  #ends: (() => void)[] = []

  /** With options the provider has a client of its own and closes it; a client that is given stays open. */
  constructor(given: AssayWebOptions | BrowserClient) {
    this.#given = given
  }

  /** Resolves once there are values for the context, kept ones from the last visit included. Rejects where none came in time, and for good where the key is refused; the client keeps trying. */
  async initialize(context: EvaluationContext = {}): Promise<void> {
    const plain = plainContext(context)
    const client = isClient(this.#given) ? this.#given : createBrowserClient({ ...this.#given, context: plain })
    this.#client = client
    const status = client === this.#given ? await client.setContext(plain) : await client.ready()
    if (this.#client !== client) return
    this.#ends.push(client.onStatus(() => { this.#tell(client) }), client.onUpdate((flagsChanged) => { this.#tellChange(flagsChanged) }))
    const hasValues = status === 'ready' || status === 'stale'
    this.#told = hasValues ? 'ready' : 'error'
    setTimeout(() => { this.#tell(client) }, status === 'stale' ? CONFIRMED_WITHIN_MS : 0)
    if (hasValues) return
    const problem = client.problem()
    if (refusesKey(problem)) throw new ProviderFatalError(`Assay refuses the key: defaults are served. ${problem}`)
    throw new GeneralError(`Defaults are served. ${problem ?? 'Assay has not been reached yet.'}`)
  }

  /** Resolves with values for the new context; until then those of the old one are served. Of several changes the last one counts. */
  async onContextChange(_old: EvaluationContext, context: EvaluationContext): Promise<void> {
    const client = this.#client
    if (!client) return
    this.#reconciling++
    const status = await client.setContext(plainContext(context))
    this.#reconciling--
    if (this.#client !== client) return
    this.#told = status === 'ready' ? 'ready' : 'error'
    setTimeout(() => { if (status === 'ready') this.#tell(client) }, 0)
    if (status !== 'ready') throw new GeneralError(`The values of the context before are served. ${client.problem() ?? 'Assay has not been reached.'}`)
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

  resolveBooleanEvaluation(flagKey: string, defaultValue: boolean): ResolutionDetails<boolean> {
    return this.#resolve(defaultValue, (client) => client.getBooleanDetails(flagKey, defaultValue))
  }

  resolveStringEvaluation(flagKey: string, defaultValue: string): ResolutionDetails<string> {
    return this.#resolve(defaultValue, (client) => client.getStringDetails(flagKey, defaultValue))
  }

  /** OpenFeature for JavaScript has one type of number: an integer is one as well. */
  resolveNumberEvaluation(flagKey: string, defaultValue: number): ResolutionDetails<number> {
    return this.#resolve(defaultValue, (client) => client.getFloatDetails(flagKey, defaultValue))
  }

  resolveObjectEvaluation<T extends JsonValue>(flagKey: string, defaultValue: T): ResolutionDetails<T> {
    // A default may be any JSON; the value of an object flag is an object, which is all that is promised of T.
    return this.#resolve(defaultValue, (client) => client.getObjectDetails(flagKey, defaultValue as object) as unknown as BrowserDetails<T>)
  }

  track(trackingEventName: string, _context: EvaluationContext, { value, ...properties }: TrackingEventDetails = {}): void {
    this.#client?.track(trackingEventName, { ...(value === undefined ? {} : { value }), ...(Object.keys(properties).length === 0 ? {} : { properties }) })
  }

  /** Errors are returned, not thrown: the SDK keeps the metadata of those. */
  #resolve<T>(defaultValue: T, ask: (client: BrowserClient) => BrowserDetails<T>): ResolutionDetails<T> {
    const client = this.#client
    if (!client) return { value: defaultValue, reason: 'ERROR', errorCode: ErrorCode.PROVIDER_NOT_READY, errorMessage: 'The provider is not initialized, or closed.' }
    const { value, variant, reason, errorCode, errorMessage, metadata } = ask(client)
    const about = metadata ? { flagMetadata: { ...metadata } } : {}
    if (errorCode !== undefined) return { value: defaultValue, reason: 'ERROR', errorCode: ErrorCode[errorCode], ...(errorMessage === undefined ? {} : { errorMessage }), ...about }
    if (variant === undefined) return { value, reason, ...about }
    return { value, variant, reason: client.status() === 'stale' ? 'STALE' : reason, ...about }
  }

  #tellChange(flagsChanged: readonly string[]): void {
    if (this.#reconciling === 0 && this.#told !== 'nothing') this.events.emit(ProviderEvents.ConfigurationChanged, { flagsChanged: [...flagsChanged] })
  }

  /** The one place that emits what the provider's state is. */
  #tell(client: BrowserClient): void {
    if (this.#client !== client || this.#reconciling > 0 || this.#told === 'nothing') return
    const next = told[client.status()]
    if (next === this.#told) return
    this.#told = next
    if (next === 'ready') this.events.emit(ProviderEvents.Ready, { message: 'Assay has answered for this context.' })
    else if (next === 'stale') this.events.emit(ProviderEvents.Stale, { message: client.problem() ?? 'Assay is not reached: flags keep the values they have.' })
    else this.events.emit(ProviderEvents.Error, { message: 'There are no values: defaults are served.' })
  }
}

const told = { ready: 'ready', stale: 'stale', defaults: 'error', closed: 'error' } as const satisfies Record<Status, string>

/** Whether the browser client's problem is that its key does not hold, which waiting does not mend. */
function refusesKey(problem: string | undefined): problem is string {
  return problem === 'Refused: 401' || problem === 'Refused: 403'
}

function isClient(given: AssayWebOptions | BrowserClient): given is BrowserClient {
  return 'getBooleanDetails' in given
}
