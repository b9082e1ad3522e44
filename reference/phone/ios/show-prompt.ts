import type { LAContext, LAPolicy } from '../../../harness/contract/platforms/ios.ts'
import type { ShowPrompt } from '../asking.ts'
import { laMeaning } from './native.ts'

/** A context that is to be recognised, and how. */
export interface Guarded {
  readonly context: LAContext
  readonly asks: LAPolicy
}

/**
 * Asks for a context. A match counts by what it unlocks: the context is handed to the keychain, which knows whether the
 * person was recognised in it, whatever the app was told.
 */
export const showPrompt: ShowPrompt<Guarded, LAContext> = (prompt, { context, asks }, listener) => {
  // No other button, as on Android: an entry says by its policy whether the passcode will do.
  context.localizedFallbackTitle = ''
  const answered = context.evaluatePolicy(asks, 'Read a secret').then((error) => {
    if (error === null) listener({ prompt, is: 'succeeded', released: context })
    else listener({ prompt, is: 'error', failure: laMeaning(error, context) })
  })
  answered.catch((error: unknown) =>
    listener({ prompt, is: 'error', failure: { code: 'internal', reason: error instanceof Error ? error.name : '' } }),
  )
  return { dismiss: () => context.invalidate() }
}
