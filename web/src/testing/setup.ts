import { cleanup, configure } from '@testing-library/react'
import { afterEach, vi } from 'vitest'

// What Mantine asks of a browser and jsdom does not have.
vi.stubGlobal('matchMedia', (query: string) => ({ matches: false, media: query, onchange: null, addEventListener: () => undefined, removeEventListener: () => undefined, addListener: () => undefined, removeListener: () => undefined, dispatchEvent: () => false }))
vi.stubGlobal('ResizeObserver', class {
  observe() { return undefined }
  unobserve() { return undefined }
  disconnect() { return undefined }
})
Element.prototype.scrollIntoView = () => undefined
window.scrollTo = () => undefined

// What is waited for comes, on a busy machine as well.
configure({ asyncUtilTimeout: 20_000 })

afterEach(() => {
  cleanup()
  localStorage.clear()
})
