import { printed, type ShellProgram } from './program.ts'

/** `locksettings`: the PIN, by command. */
export const lockSettings: ShellProgram = ([command = '', ...args], phone) => {
  const at = args.indexOf('--old')
  const old = at < 0 ? null : (args[at + 1] ?? null)
  const [pin = ''] = at < 0 ? args : args.filter((_, index) => index !== at && index !== at + 1)
  const { owner } = phone
  const wrong = printed(`Old password '${old ?? ''}' didn't match`, 0)
  switch (command) {
    case 'help':
      return printed('lockSettings service commands:\n  clear, get-disabled, set-pin, verify')
    case 'get-disabled':
      return printed(String(owner.pin === null))
    case 'verify':
      return owner.pin === null || owner.pin === old ? printed('Lock credential verified successfully') : wrong
    case 'clear':
      return phone.setPin(old, null) ? printed('Lock credential cleared') : wrong
    case 'set-pin':
      if (!/^\d{4,}$/.test(pin)) return printed('Error: PIN is too short')
      return phone.setPin(old, pin) ? printed(`Pin set to '${pin}'`) : wrong
    default:
      return printed(`Unknown command: ${command}`, 255)
  }
}
