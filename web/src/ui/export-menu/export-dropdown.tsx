import { exportFormats, exportResources, formatWords, type ExportResource } from '@assay/server/contract'
import { Button, Menu } from '@mantine/core'
import { IconCalendarClock, IconChevronDown, IconDownload } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { usePermit, useProjectKey } from '../../api/project.ts'
import { PermittedButton } from '../permitted-button.tsx'
import { exportAddress, setFilters, type ExportFilters } from './export-address.ts'
import css from './export-menu.module.css'

export interface ExportDropdownProps {
  resource: ExportResource
  /** As they narrow what the page shows. */
  filters?: ExportFilters
  /** What is exported, where a page has several tables. */
  label: string
  size: 'sm' | 'compact-sm'
}

/** Takes away what the page shows, in a format to choose. */
export function ExportDropdown({ resource, filters = {}, label, size }: ExportDropdownProps) {
  const project = useProjectKey()
  const { holds, title, route } = exportResources[resource]
  const permit = usePermit(route.access)
  const schedule = usePermit('export.schedule')
  const set = setFilters(filters)
  const narrowed = Object.keys(set).length > 0
  if (!permit.allowed) return <PermittedButton permit={permit} size={size} onClick={nothing}>{label}</PermittedButton>
  return (
    <Menu position="bottom-end" width={264}>
      <Menu.Target>
        <Button variant="default" size={size} leftSection={<IconDownload size={14} />} rightSection={<IconChevronDown size={13} />} {...(label === 'Export' ? { 'aria-label': `Export ${title.toLowerCase()}` } : {})}>{label}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        <p className={css.holds}>{holds.charAt(0).toUpperCase()}{holds.slice(1)}. {narrowed ? 'As filtered on this page.' : 'All of it.'}</p>
        {exportFormats.map((format) => (
          <Menu.Item key={format} component="a" href={exportAddress(project, resource, format, set)} download rightSection={<span className={css.use}>{formatWords[format].use}</span>}>{formatWords[format].name}</Menu.Item>
        ))}
        {schedule.allowed ? (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<IconCalendarClock size={15} />} renderRoot={(props) => <Link to="/p/$project/exports" params={{ project }} search={{ table: resource, filters: JSON.stringify(set) }} {...props} />}>Schedule this export</Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  )
}

/** A locked button is never pressed; it is there to say what is missing. */
function nothing(): void {}
