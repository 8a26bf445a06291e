import { textOf } from './text-of.ts'

type Listener<A extends unknown[]> = (...args: A) => unknown

/** Functions of the host that are called when something happens. One that throws, or rejects, harms nobody else. */
export function createListeners<A extends unknown[]>(warn: (message: string) => void) {
  const listeners = new Set<Listener<A>>()

  async function call(listener: Listener<A>, args: A): Promise<void> {
    try {
      await listener(...args)
    } catch (error) {
      warn(`A listener failed: ${textOf(error)}`)
    }
  }

  return {
    /** Returns a function that ends it. */
    add(listener: Listener<A>): () => void {
      listeners.add(listener)
      return () => { listeners.delete(listener) }
    },
    tell(...args: A): void {
      for (const listener of [...listeners]) void call(listener, args)
    },
  }
}
