import { Button } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { ExportDropdownProps } from './export-dropdown.tsx'

const ExportDropdown = lazy(async () => ({ default: (await import('./export-dropdown.tsx')).ExportDropdown }))

type Props = Omit<ExportDropdownProps, 'label' | 'size'> & Partial<Pick<ExportDropdownProps, 'label' | 'size'>>

/** Takes away what the page shows, in a format to choose; the page does not wait for it. */
export function ExportMenu({ label = 'Export', size = 'sm', ...what }: Props) {
  return <Suspense fallback={<Button variant="default" size={size} disabled>{label}</Button>}><ExportDropdown label={label} size={size} {...what} /></Suspense>
}
