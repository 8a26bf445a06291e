import { Button } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { usePermit } from '../../api/project.ts'
import { Empty } from '../../ui/empty.tsx'
import { Panel } from '../../ui/panel.tsx'

/** The way in, for a project that no app has asked yet. */
export function FirstFlagPanel({ project }: { project: string }) {
  const permit = usePermit('flag.write')
  return (
    <Panel>
      <Empty
        icon={<IconPlugConnected size={28} stroke={1.6} />}
        title="No app is connected yet"
        action={permit.allowed ? <Button renderRoot={(props) => <Link to="/p/$project/first-flag" params={{ project }} {...props} />}>Your first flag</Button> : undefined}
      >
        {permit.allowed ? 'In two minutes your app asks for a flag, you press a switch, and your app changes.' : `An engineer connects the first one. ${permit.why}`}
      </Empty>
    </Panel>
  )
}
