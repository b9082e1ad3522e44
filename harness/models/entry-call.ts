/** 0 is absent; any other number names a written value. */
export type State = number
export const absent: State = 0

export type EntryCall =
  | { readonly call: number; readonly does: 'write'; readonly value: State }
  | { readonly call: number; readonly does: 'read' }
  | { readonly call: number; readonly does: 'exists' }

/** How a call on this entry ended: what it says of the state at its instant. */
export type EntryReturn =
  /** A write that took effect. */
  | { readonly is: 'written' }
  /** A read that saw this state. */
  | { readonly is: 'saw'; readonly state: State }
  /** It saw that something, or nothing, is there. */
  | { readonly is: 'saw-presence'; readonly present: boolean }
  /** A write that took no effect, for the reason that nothing was there. */
  | { readonly is: 'saw-absent-unchanged' }
  /** It took no effect and says nothing. */
  | { readonly is: 'nothing' }
