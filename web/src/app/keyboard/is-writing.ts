/** Where keys write, or have a meaning of their own. */
const OWN_KEYS = 'input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"]), textarea, select, [contenteditable]:not([contenteditable="false"]), [role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"], [role="combobox"], [role="textbox"]'

/** Whether the keys of the page are off: the focus is in a field or a menu, or a dialog is open. */
export function isWriting(target: EventTarget | null, page: ParentNode): boolean {
  if (target instanceof Element && target.closest(OWN_KEYS) !== null) return true
  return page.querySelector('[aria-modal="true"]') !== null
}
