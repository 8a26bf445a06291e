import { Link } from '@tanstack/react-router'
import { IconMapOff } from '@tabler/icons-react'
import { Empty } from '../ui/empty.tsx'

export function NotFoundPage() {
  return (
    <main>
      <Empty icon={<IconMapOff size={28} stroke={1.6} />} title="There is no such page" action={<Link to="/">Go to the start</Link>}>
        The address may be old, or something was renamed.
      </Empty>
    </main>
  )
}
