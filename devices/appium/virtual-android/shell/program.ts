import type { VirtualPhone } from '../phone/virtual-phone.ts'

/** What a program of the phone's shell printed, and its status. */
export interface Printed {
  readonly out: string
  readonly status: number
}

/** A program of the phone's shell. `input`: what the program before it in a pipe printed. */
export type ShellProgram = (args: readonly string[], phone: VirtualPhone, input: string) => Printed | Promise<Printed>

export const printed = (out: string, status = 0): Printed => ({ out: out === '' ? '' : `${out}\n`, status })
