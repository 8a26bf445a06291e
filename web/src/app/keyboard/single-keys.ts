/** Single letters get in the way of speech input and of unsteady hands: everybody can switch them off (WCAG 2.1.4). */
const NAME = 'assay-single-keys'

export function areSingleKeysOn(storage: Pick<Storage, 'getItem'>): boolean {
  return storage.getItem(NAME) !== 'off'
}

export function switchSingleKeys(storage: Pick<Storage, 'setItem' | 'removeItem'>, on: boolean): void {
  if (on) storage.removeItem(NAME)
  else storage.setItem(NAME, 'off')
}
