/** Lines that only tell where in a program it was: frames, and what V8 puts around them when it gives up. */
const whereabouts = /^\s*(\d+: 0x|at |#\s*$|#FailureMessage|-----)/

/** The last line that says what went wrong, of what a process said on its error output. Empty where it said nothing. */
export const lastWords = (errors: string): string =>
  errors
    .split('\n')
    .filter((line) => line.trim() !== '' && !whereabouts.test(line))
    .at(-1)
    ?.trim() ?? ''
