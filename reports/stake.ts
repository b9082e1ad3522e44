const stakes: Readonly<Record<string, string>> = {
  LOSS: 'Secrets are lost.',
  LEAK: 'Secrets get out.',
  BYPASS: 'Someone gets in who may not.',
  HANG: 'The app hangs.',
  'WRONG-CODE': 'The app is told the wrong thing, and does the wrong thing next.',
  COST: 'It costs time or work.',
}
/** What is lost where a requirement does not hold, as a sentence. */
export const stake = (threat: string): string => stakes[threat] ?? threat
