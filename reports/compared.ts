import type { Comparison, Difference, Fate } from '../harness/contract/difference.ts'
import type { Program } from '../harness/contract/program.ts'
import { count } from './count.ts'
import type { Step } from './story.ts'
import { answered, asked, controlWords, type NameSecret, secretNames } from './story-words.ts'

/**
 * The first step at which two histories of a program differ, in words: a paragraph each.
 * @param steps how the history here was told
 */
export function compared(
  program: Program,
  { here, there, difference, prompts }: Comparison,
  steps: readonly Step[],
): readonly string[] {
  const total = program.commands.length
  const secret = secretNames(program)
  /** Prompts and answers are steps of their own: a command has another number than where it is told. */
  const told = steps.findIndex((step) => step.command === difference?.command)
  const at = `command ${(difference?.command ?? 0) + 1} of ${total}`
  const first =
    difference === null
      ? `All ${count(total, 'command')} went the same way on ${here} and on ${there}.`
      : difference.in === 'leaks'
        ? `All ${count(total, 'command')} went the same way; what was left behind differs.`
        : `They part at ${told === -1 ? at : `step ${told + 1} (${at})`}: ` +
          `${command(program, difference.command, secret)}.`
  const apart =
    difference === null
      ? []
      : [`On ${here}: ${side(difference, 'here', secret)}.`, `On ${there}: ${side(difference, 'there', secret)}.`]
  const asks =
    prompts === null || (difference !== null && prompts.command > difference.command)
      ? []
      : [
          `At command ${prompts.command + 1} ${here} showed ${count(prompts.here, 'prompt')}, ${there} ` +
            `${count(prompts.there, 'prompt')}: platforms ask at different times.`,
        ]
  return [first, ...apart, ...asks]
}

function command({ commands }: Program, index: number, secret: NameSecret): string {
  const one = commands[index]
  if (one === undefined) return 'the end'
  return one.do === 'control' ? controlWords(one.control).active : asked(one.op, secret)
}

function side(difference: Difference, which: 'here' | 'there', secret: NameSecret): string {
  switch (difference.in) {
    case 'fate':
      return fates(difference[which])
    case 'strike':
      return difference[which]
        ? 'what was arranged happened'
        : 'what was arranged never happened, as fewer effects came after it'
    case 'answer': {
      const outcome = difference[which]
      return outcome === null ? 'it never answered' : answered(outcome, secret)
    }
    case 'repeats':
      return difference[which] === 0
        ? 'it answered once'
        : `it answered once and then ${count(difference[which], 'time')} more`
    case 'leaks':
      return difference[which] === 0
        ? 'no secret was found where none may be'
        : `${count(difference[which], 'secret')} found where none may be`
  }
}

function fates(fate: Fate | null): string {
  if (fate === null) return 'it was not reached'
  return {
    done: 'it was done',
    'left-out': 'it was left out, as it has no meaning there',
    armed: 'it was arranged for an effect of the vault',
  }[fate]
}
