import type { AndroidApp } from '../../../../harness/contract/platforms/android.ts'
import { runLine } from '../shell/run-line.ts'
import type { InstalledApp } from './installed-app.ts'
import { createVirtualPhone, type VirtualPhone } from './virtual-phone.ts'

/** A phone without adb or browser, whose time stands still; and the process of its app, once it was started. */
export const samplePhone = (): {
  readonly phone: VirtualPhone
  readonly opened: readonly string[]
  android(): AndroidApp
  shell(line: string): Promise<string>
} => {
  const opened: string[] = []
  let android: AndroidApp | null = null
  const app: InstalledApp = {
    package: 'dev.holdfast.sample',
    label: 'Sample',
    versionCode: 1,
    files: new Map(),
    start(given) {
      android = given
      return { call: async () => null }
    },
  }
  const pages = {
    open: async (pid: number) => {
      opened.push(`open ${pid}`)
    },
    close: async (pid: number) => {
      opened.push(`close ${pid}`)
    },
  }
  const phone = createVirtualPhone(app, pages, () => 0)
  return {
    phone,
    opened,
    android() {
      if (android === null) throw new Error('the app was not started')
      return android
    },
    shell: async (line) => (await runLine(line, phone)).out.trim(),
  }
}
