/** Words that say nothing about what is believed. Stems are cut to six letters, so that "ordering" and "orders" meet. */
const LITTLE = new Set('about after again all also and any are because been before being believe but can could does for from had has have her here his how into its just like make makes may more most much need not now off one only other our out over people same say see she should show shown some such than that the their them then there these they this those through too under until very was way were what when where which while who whom why will with without would you your'.split(' '))
const STEM = 6
/** Half of the words of the shorter belief. */
const ALIKE = 0.5

function stems(text: string): Set<string> {
  const words = text.toLowerCase().match(/\p{L}{3,}/gu) ?? []
  return new Set(words.filter((word) => !LITTLE.has(word)).map((word) => word.slice(0, STEM)))
}

/** Whether two beliefs speak of the same: they share at least two words, and half of those of the shorter one. */
export function similarBelief(a: string, b: string): boolean {
  const [one, other] = [stems(a), stems(b)]
  const shared = [...one].filter((stem) => other.has(stem)).length
  return shared >= 2 && shared / Math.min(one.size, other.size) >= ALIKE
}
