import { errors } from 'appium/driver.js'

/* What a command was given, checked as XCUITest and the simulator's own package check it. */

export const booleanOf = (given: unknown, name: string, otherwise: boolean): boolean => {
  if (given === undefined || given === null) return otherwise
  if (typeof given === 'boolean') return given
  throw new errors.InvalidArgumentError(`'${name}' must be true or false, and is ${JSON.stringify(given)}`)
}

const features = ['touchId', 'faceId'] as const
export type BiometricFeature = (typeof features)[number]
export const featureOf = (given: unknown = 'touchId'): BiometricFeature => {
  const feature = features.find((one) => one === given)
  if (feature !== undefined) return feature
  throw new errors.InvalidArgumentError(
    `'${String(given)}' is no biometric feature of a simulator: only ${features.join(' and ')} are`,
  )
}

export const stringOf = (given: unknown, name: string): string => {
  if (typeof given === 'string' && given !== '') return given
  throw new errors.InvalidArgumentError(`'${name}' must be a text, and is ${JSON.stringify(given)}`)
}

/** The language of `mobile: configureLocalization`, as far as the phone has it; null where none is given. */
export const languageOf = (given: unknown): 'en' | 'de' | null => {
  if (given === undefined || given === null) return null
  const name = typeof given === 'object' && 'name' in given ? String(given.name).slice(0, 2) : ''
  if (name === 'en' || name === 'de') return name
  throw new errors.InvalidArgumentError(
    `'language' must be an object with a name of the phone's languages, en or de, and is ${JSON.stringify(given)}`,
  )
}

/** The environment of an app that is launched: texts by name. */
export const environmentOf = (given: unknown): Record<string, string> => {
  if (given === undefined || given === null) return {}
  const entries = typeof given === 'object' ? Object.entries(given) : [['', null]]
  if (entries.every(([, value]) => typeof value === 'string')) return Object.fromEntries(entries)
  throw new errors.InvalidArgumentError(`'environment' must be an object of texts, and is ${JSON.stringify(given)}`)
}
