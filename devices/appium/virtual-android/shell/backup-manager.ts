import { printed, type ShellProgram } from './program.ts'

/** `bmgr`: backups of the app under test. What was taken last is given back where the app is installed anew. */
export const backupManager: ShellProgram = ([command = '', ...args], phone) => {
  const name = args.at(-1) ?? ''
  const ours = name === phone.app.package && phone.appInstalled()
  switch (command) {
    case 'enable':
      return printed('Backup Manager now enabled')
    case 'transport': {
      const former = phone.backup.transport
      phone.backup.transport = name
      return printed(`Selected transport ${name} (formerly ${former})`)
    }
    case 'backupnow':
      if (ours) phone.backup.taken = true
      return printed(
        `Running incremental backup for 1 requested packages.\nPackage ${name} with result: ${ours ? 'Success' : 'Package not found'}\nBackup finished with result: Success`,
      )
    case 'wipe':
      phone.backup.taken = false
      return printed(`Wiped backup data for ${name} on ${args[0] ?? ''}`)
    default:
      return printed(`Unknown command: ${command}`, 255)
  }
}
