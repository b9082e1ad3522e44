import { printed, type ShellProgram } from './program.ts'

/** Keys by the number that Android has for each. */
export const keyCodes: Readonly<Record<string, string>> = {
  3: 'HOME',
  4: 'BACK',
  26: 'POWER',
  66: 'ENTER',
  67: 'DEL',
  82: 'MENU',
  160: 'ENTER',
  223: 'SLEEP',
  224: 'WAKEUP',
}

/** `input`: keys, text and taps. */
export const input: ShellProgram = ([first = '', ...rest], phone) => {
  const [command, args] =
    first === 'touchscreen' || first === 'keyboard' ? [rest[0] ?? '', rest.slice(1)] : [first, rest]
  switch (command) {
    case 'keyevent':
      for (const code of args) {
        const digit = Number(code) - 7
        if (digit >= 0 && digit <= 9) phone.type(String(digit))
        else phone.key(keyCodes[code] ?? code.replace(/^KEYCODE_/, ''))
      }
      return printed('')
    case 'text':
      phone.type((args[0] ?? '').replaceAll('%s', ' '))
      return printed('')
    case 'tap':
      phone.tap(Number(args[0]), Number(args[1]))
      return printed('')
    case 'swipe':
      return printed('')
    default:
      return printed(`Error: Unknown command: ${command}`, 1)
  }
}
