/** One command of a line, and what comes before it: it runs always, or only where the one before succeeded or failed. */
export interface Step {
  readonly when: 'always' | 'succeeded' | 'failed'
  /** Programs of a pipe, each with its arguments. */
  readonly pipe: readonly (readonly string[])[]
}

const operators = ['&&', '||', ';', '|', '\n'] as const

/** Reads a line as the phone's shell does, as far as commands over adb go: words, quotes, `;`, `&&`, `||` and `|`. */
export const stepsOf = (line: string): readonly Step[] => {
  const steps: { when: Step['when']; pipe: string[][] }[] = [{ when: 'always', pipe: [[]] }]
  let word: string | null = null
  const last = () => steps.at(-1)?.pipe.at(-1) ?? []
  const flush = () => {
    if (word !== null) last().push(word)
    word = null
  }
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at)
    const operator = operators.find((one) => line.startsWith(one, at))
    if (character === "'") {
      const end = line.indexOf("'", at + 1)
      word = (word ?? '') + line.slice(at + 1, end < 0 ? undefined : end)
      at = end < 0 ? line.length : end
    } else if (character === '"') {
      word ??= ''
      for (at++; at < line.length && line.charAt(at) !== '"'; at++) {
        if (line.charAt(at) === '\\') at++
        word += line.charAt(at)
      }
    } else if (character === '\\') {
      word = (word ?? '') + line.charAt(++at)
    } else if (operator !== undefined) {
      flush()
      at += operator.length - 1
      if (operator === '|') steps.at(-1)?.pipe.push([])
      else steps.push({ when: operator === '&&' ? 'succeeded' : operator === '||' ? 'failed' : 'always', pipe: [[]] })
    } else if (/\s/.test(character)) flush()
    else word = (word ?? '') + character
  }
  flush()
  return steps.filter(({ pipe }) => pipe.some((program) => program.length > 0))
}
