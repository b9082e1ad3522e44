import type { AndroidHand } from './android-hand.ts'

/** The app's backup on the phone, as the system takes it and gives it back to an app that is installed. */
export interface AppBackup {
  /** Takes one now. False where the system takes none of this app. */
  take(): Promise<boolean>
  /** What was taken is forgotten: the next installation begins with nothing. */
  forget(): Promise<void>
  /** Leaves the phone as it was. */
  end(): Promise<void>
}

/** Backups that stay on the phone, which every emulator has. */
const local = 'com.android.localtransport/.LocalTransport'

/** @param app its package */
export const appBackup = ({ shell }: Pick<AndroidHand, 'shell'>, app: string): AppBackup => {
  /** Where backups went before; null until they go elsewhere by us. */
  let former: string | null = null
  const select = async () => {
    if (former !== null) return
    const told = await shell(`bmgr enable true; bmgr transport ${local}`)
    former = /formerly (\S+?)\)/.exec(told)?.[1] ?? local
  }
  const forget = async () => {
    await select()
    await shell(`bmgr wipe ${local} ${app}`)
  }
  return {
    async take() {
      await select()
      return /with result: Success/.test(await shell(`bmgr backupnow ${app}`))
    },
    forget,
    async end() {
      if (former === null) return
      await shell(`bmgr wipe ${local} ${app}; bmgr transport ${former}`)
      former = null
    },
  }
}
