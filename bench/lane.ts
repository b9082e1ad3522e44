/** One way of running generated programs, measured beside others. */
export interface Lane extends AsyncDisposable {
  readonly id: string
  readonly what: string
  /** The lane without a harness that runs comparable programs; null for such a lane itself. */
  readonly beside: string | null
  /** Commands per second that issue 2 asks for. */
  readonly target: number | null
  /** Generates the programs of this seed and runs them. Returns how many commands they had. */
  round(seed: number): Promise<number>
}
