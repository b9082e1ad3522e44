import type { OwnRun } from '../own-run.ts'
import type { InstalledIosApp } from './phone/installed-app.ts'
import { createIphone, type Iphone } from './phone/iphone.ts'
import { iphonePages } from './phone/iphone-pages.ts'
import { phoneActs } from './phone/phone-acts.ts'
import { startPhoneServer } from './phone/phone-server.ts'

/** A virtual iPhone that its driver can be told of. Disposing of it leaves nothing. */
export interface StartedIphone extends AsyncDisposable {
  readonly phone: Iphone
  /** Where its driver talks to it. */
  readonly url: string
}

/** @param chromium the command that shows its web views */
export const startIphone = async (run: OwnRun, chromium: string, app: InstalledIosApp): Promise<StartedIphone> => {
  let made: Iphone | null = null
  const pages = await iphonePages(run, chromium, () => {
    if (made === null) throw new Error('the phone is not there yet')
    return made
  })
  const phone = createIphone(app, pages, () => performance.now())
  made = phone
  const server = await startPhoneServer(phoneActs(phone, pages))
  return {
    phone,
    url: server.url,
    async [Symbol.asyncDispose]() {
      await phone.stop()
      await Promise.all([server.close(), pages[Symbol.asyncDispose]()])
    },
  }
}
