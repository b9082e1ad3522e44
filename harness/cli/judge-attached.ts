import { type Attachment, attachedPhone } from '../../devices/appium/attached-phone.ts'
import { protocolTarget } from '../adapters/protocol-target.ts'
import type { StreamRecord } from '../contract/stream.ts'
import type { JudgeOptions, TargetSpec } from './engine.ts'
import { judge, type RunTask } from './judge.ts'
import { judgeTask } from './judge-task.ts'

/** What is usual for a run; each may be given. */
const usual: JudgeOptions = {
  seed: 1,
  programs: null,
  budgetMs: null,
  only: null,
  profile: null,
  strict: false,
  baseline: null,
  allowLoginKeyring: false,
}
/** How the device is called in records of the stream. */
export const attachedName = 'attached'

/**
 * Judges a vault in an app, on a live webdriverio session that a test project owns: `judge({ browser, vault, controls })`.
 * Yields the records of the stream, as for other targets. The session stays open, and theirs; nobody else may use it
 * meanwhile, since its commands come one after another.
 */
export const judgeAttached = (
  attachment: Attachment,
  options: Partial<JudgeOptions> = {},
): AsyncGenerator<StreamRecord> => {
  const vault = `attach:${attachment.vault}`
  const spec: TargetSpec = { name: `${attachment.vault}@${attachedName}`, vault, device: attachedName }
  const run: RunTask = async (task, put, stop) => {
    const open = async () => {
      const device = await attachedPhone(attachedName, attachment)
      try {
        return await protocolTarget({ device, command: [vault], deadlineMs: task.patience.handshakeMs })
      } catch (error) {
        await device[Symbol.asyncDispose]()
        throw error
      }
    }
    for await (const record of judgeTask(task, { open, stopped: () => stop.aborted, beat() {} })) put(record)
  }
  return judge([spec], { ...usual, ...options }, run)
}
