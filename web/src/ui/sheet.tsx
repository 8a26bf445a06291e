import { Modal } from '@mantine/core'
import { useEffect, useState, type ReactNode } from 'react'
import css from './sheet.module.css'

interface Props {
  title: ReactNode
  size: number
  /** Marks what changes production by a plum edge. */
  production?: boolean
  onClose: () => void
  children: ReactNode
}

/** A dialog that exists only while it is open. The focus goes back to where it was. */
export function Sheet({ title, size, production = false, onClose, children }: Props) {
  const [before] = useState(() => document.activeElement)
  useEffect(() => () => { if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true }) }, [before])
  return <Modal opened onClose={onClose} size={size} title={title} returnFocus={false} classNames={production ? { content: css.production ?? '' } : {}}>{children}</Modal>
}
