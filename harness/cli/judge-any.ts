import type { Attachment } from '../../devices/appium/attached-phone.ts'
import type { StreamRecord } from '../contract/stream.ts'
import type { JudgeOptions, TargetSpec } from './engine.ts'
import { judge as judgeTargets } from './judge.ts'
import { judgeAttached } from './judge-attached.ts'

/**
 * Judges vaults. Yields the records of the stream: the first is `run`, the last `end` with the exit code.
 * @throws UsageError where the baseline cannot be used
 */
export function judge(targets: readonly TargetSpec[], options: JudgeOptions): AsyncGenerator<StreamRecord>
/** The same for a vault in an app, on a live webdriverio session of your own, which stays open. */
export function judge(attachment: Attachment, options?: Partial<JudgeOptions>): AsyncGenerator<StreamRecord>
export function judge(
  what: readonly TargetSpec[] | Attachment,
  options: Partial<JudgeOptions> = {},
): AsyncGenerator<StreamRecord> {
  return 'browser' in what ? judgeAttached(what, options) : judgeTargets(what, options as JudgeOptions)
}
