export function HypothesisWizardPage() {
  return null
}
