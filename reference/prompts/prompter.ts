import type { Failure } from '../../harness/contract/codes.ts'

/** Names one prompt. No two are alike, in this process or in another. */
export type PromptId = string

/**
 * What a platform says of a prompt, in the grammar of Android's BiometricPrompt: `failed* (succeeded | error)`. A miss
 * (`failed`) never ends a prompt. `released` is what the match set free: a cipher, a key. It is bound to this prompt.
 */
export type PromptEvent<R> = { readonly prompt: PromptId } & (
  | { readonly is: 'failed' }
  | { readonly is: 'succeeded'; readonly released: R }
  /** `failure` by the platform's error table, see ../errors. */
  | { readonly is: 'error'; readonly failure: Failure }
)

/**
 * Shows prompts. A listener may hear late, twice, of another prompt, within `show` itself, or never; whoever listens
 * has to bear it. A prompt that was dismissed is down within the grace that the queue gives it, said or not.
 */
export interface Prompter<R> {
  /** @throws anything, where no prompt can be shown; then none is up. */
  show(id: PromptId, listener: (event: PromptEvent<R>) => void): Shown
}
export interface Shown {
  /** Asks the platform to take the prompt down. */
  dismiss(): void
}

export interface PromptClock {
  /** Rings once after that many milliseconds, unless the returned function was called before. */
  after(ms: number, ring: () => void): () => void
}

/** How a call for a prompt ended. */
export type PromptVerdict<R> =
  | { readonly is: 'succeeded'; readonly released: R }
  | { readonly is: 'failed'; readonly failure: Failure }
