import type { LAContext, LAError, LAPolicy } from '../../../harness/contract/platforms/ios.ts'
import { nobody, type Proofs, stepsLeft, together } from './access.ts'
import { invalidContext, laCodes, laError } from './la-codes.ts'
import type { Phone, Step } from './phone.ts'
import type { AppProcess } from './process.ts'
import { type PhonePrompts, refusalFor } from './prompts.ts'

/** What the system knows of a context: an app cannot write it. */
export interface ContextState {
  proofs: Proofs
  invalid: boolean
  interactionNotAllowed(): boolean
}
const states = new WeakMap<LAContext, ContextState>()
/** Undefined for no context, and for an object that the system never made. */
export const stateOf = (context: LAContext | undefined): ContextState | undefined =>
  context === undefined ? undefined : states.get(context)

const stepsOfPolicy: Readonly<Record<LAPolicy, readonly Step[]>> = {
  deviceOwnerAuthenticationWithBiometrics: ['biometry'],
  deviceOwnerAuthentication: ['either'],
}

export interface ContextParts {
  readonly process: AppProcess
  readonly phone: Phone
  readonly prompts: PhonePrompts
  readonly misused: (call: string, rule: string) => void
}

export const createLAContext = ({ process, phone, prompts, misused }: ContextParts): LAContext => {
  let told: Uint8Array | null = null
  let asked = false
  const error = (code: number): LAError => laError(code, phone.language())
  const evaluable = (policy: LAPolicy): number | null => {
    if (state.invalid) return invalidContext
    for (const step of stepsOfPolicy[policy]) {
      const refusal = phone.refuses(step)
      if (refusal !== null) return laCodes[refusal]
    }
    return null
  }
  const evaluate = (policy: LAPolicy, reply: (code: number | null) => void) => {
    const steps = stepsOfPolicy[policy]
    if (state.invalid) return reply(invalidContext)
    // One that was evaluated stays so until it is invalidated: nobody is asked again.
    if (stepsLeft(steps, state.proofs).length === 0) return reply(null)
    const refusal = refusalFor(phone, steps)
    if (refusal !== null) return reply(laCodes[refusal])
    if (context.interactionNotAllowed) return reply(laCodes['not-interactive'])
    prompts.ask({
      steps,
      owner: state,
      ownButton: policy === 'deviceOwnerAuthenticationWithBiometrics' && context.localizedFallbackTitle !== '',
      end(how) {
        // A forged match reaches the app, and nothing of it the system: the context proves nothing.
        if (how === 'forged') return reply(null)
        if (typeof how !== 'object') return reply(laCodes[how])
        state.proofs = together(state.proofs, how)
        told = phone.domainState()
        reply(null)
      },
    })
  }

  const context: LAContext = {
    get evaluatedPolicyDomainState() {
      return told?.slice() ?? null
    },
    get biometryType() {
      return asked ? phone.profile().biometry : 'none'
    },
    localizedFallbackTitle: null,
    interactionNotAllowed: false,
    canEvaluatePolicy: (policy) =>
      process.pass(() => {
        asked = true
        const code = evaluable(policy)
        if (code !== null) return error(code)
        told = phone.domainState()
        return null
      }),
    evaluatePolicy(policy, reason) {
      if (reason === '') {
        misused('-[LAContext evaluatePolicy:localizedReason:reply:]', 'the reason must not be empty')
        return Promise.reject(new Error('NSInvalidArgumentException: Non-empty localizedReason must be provided.'))
      }
      return new Promise((resolve) => {
        void process.pass(() => {
          asked = true
          evaluate(policy, (code) => process.post(() => resolve(code === null ? null : error(code))))
        })
      })
    },
    invalidate() {
      void process.pass(() => {
        state.invalid = true
        prompts.withdraw(state)
      })
    },
  }
  const state: ContextState = {
    proofs: nobody,
    invalid: false,
    interactionNotAllowed: () => context.interactionNotAllowed,
  }
  states.set(context, state)
  return context
}
