import type { SecretFrom } from './phone-entry.ts'
import { PhoneUnavailable } from './phone-unavailable.ts'

/**
 * The secret of a screen lock, from the environment.
 * @throws PhoneUnavailable where the variable is not set, without any value in its message
 */
export const lockSecret = ({ env }: SecretFrom, environment: NodeJS.ProcessEnv = process.env): string => {
  const value = environment[env]
  if (value === undefined || value === '')
    throw new PhoneUnavailable(`The phone's PIN is to come from the environment variable ${env}, which is not set.`)
  if (!/^[0-9A-Za-z]{4,16}$/.test(value))
    throw new PhoneUnavailable(`The PIN in ${env} must be 4 to 16 digits or letters, as a screen lock takes them.`)
  return value
}
