import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import './styles/mantine.ts'
import './styles/tokens.css'
import './styles/base.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { setNonce } from 'get-nonce'
import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { config } from 'zod/mini'
import { queryClient } from './api/query-client.ts'
import { router } from './app/router.tsx'
import { cssVariablesResolver, theme } from './app/theme.ts'

// Nothing is said before something was done: it loads after the page.
const Notifications = lazy(async () => ({ default: (await import('./app/notifications.tsx')).AppNotifications }))

// The page's policy allows no eval, which zod would otherwise probe for.
config({ jitless: true })

const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce
// For the style tag that dialogs add to hold the page still.
if (nonce) setNonce(nonce)

const root = document.getElementById('root')
if (!root) throw new Error('The page has no #root.')
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto" colorSchemeManager={localStorageColorSchemeManager({ key: 'assay-color-scheme' })} {...(nonce ? { getStyleNonce: () => nonce } : {})}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Suspense><Notifications /></Suspense>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
