/** What a requirement says to people. Reports are given this; they know nothing of checks. */
export interface RequirementText {
  readonly clause: string
  /** What is at stake, in one word of the contract: `LOSS`, `LEAK`, `BYPASS`, ... */
  readonly threat: string
  readonly advice: string
  /** What a user would meet. */
  readonly why?: string
  readonly level?: string
  /** Situations that it judges, in words. */
  readonly situations?: readonly { readonly name: string; readonly meaning: string }[]
  /** Profiles that it belongs to. */
  readonly profiles?: readonly string[]
}

/** Looks up the text of a requirement by its id; undefined for one that this Holdfast does not know. */
export type RequirementTexts = (id: string) => RequirementText | undefined
