/** A cell that a reader would not expect, with what makes it so. */
export interface Surprise {
  readonly title: string
  readonly text: string
  /** A program that shows it again. */
  readonly token?: string
}

export const surprises: readonly Surprise[] = []
