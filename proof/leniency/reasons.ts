import type { Unproven } from './leniency.ts'

/** Why a code may be allowed that no sound vault of ours gives. */
export interface LeniencyReason {
  /** Fits `operation in situation: code`. */
  readonly member: RegExp
  readonly why: string
}

export const memberOf = ({ kind, code }: Unproven): string => `${kind}: ${code}`

export const leniencyReasons: readonly LeniencyReason[] = [
  {
    member: /^(get|has|delete) in .*: not-found$/,
    why: 'An entry that may be absent may be called so wherever it is asked for; where a vault happens on one is chance.',
  },
  {
    member: /: busy$/,
    why: 'A vault that lets in one caller at a time says so wherever calls overlap; where they do is chance.',
  },
  {
    member:
      /^(get|delete|unlock) in (call-after-failed-start|first-calls-together): (bad-encoding|invalid-argument|too-large|corrupt|wrong-format|wrong-key)$/,
    why: 'What makes no sense of an entry, or refuses its name, is judged by what is known of the entry; of these nothing was.',
  },
  {
    member: /^(get|put) in (exhausted-prompt|system-cancelled-prompt|turned-while-prompting): /,
    why: 'What ended the prompt may be told, or what the phone was in by then; the simulated phone tells one of both.',
  },
  {
    member: /^get in (read-after-fewer-fingers|read-from-failing-store): /,
    why: 'A key store that fails for a while was seen to fail in three ways; the simulated one has two of them.',
  },
  {
    member: /^get in (read-after-lock-change|read-without-fingers): (not-enrolled|key-invalidated)$/,
    why: 'A vault may look at the phone first or at the key; of a phone without a screen lock both have something to say.',
  },
  {
    member: /^get in used-after-opening: (timeout|user-cancelled)$/,
    why: 'A vault that asks for the keyring at each read may be answered so; ours that can be open ask for it once.',
  },
  {
    member: /^setUp in call-with-other-keyring: /,
    why: 'Whoever finds files without their key may say so, or that there is a vault: ours says the latter.',
  },
  {
    member: /^(has in call-while-locked: not-set-up|unlock in read-without-keyring: ambiguous)$/,
    why: 'Where a call was cut short, or copies were made, the state of the vault is open; ours never are in that one then.',
  },
]
