import type { Keychain, KeychainItem, KeychainQuery, OSStatus } from '../../../harness/contract/platforms/ios.ts'
import { bindsCurrentSet, needsBiometry, nobody, stepsLeft, stepsOf, together } from './access.ts'
import type { Items, Row } from './items.ts'
import { laCodes, statusOfLaCode } from './la-codes.ts'
import { type ContextState, stateOf } from './la-context.ts'
import type { MainQueue } from './main-queue.ts'
import type { Phone } from './phone.ts'
import type { AppProcess } from './process.ts'
import { type PhonePrompts, refusalFor } from './prompts.ts'
import { isOpen, protectionClasses } from './protection.ts'
import { statusText } from './texts.ts'

const success = 0
const badParameter = -50
const authFailed = -25293
const duplicateItem = -25299
const itemNotFound = -25300
const interactionNotAllowed = -25308
const cannotDecode = -26275
const missingEntitlement = -34018

export interface KeychainParts {
  readonly process: AppProcess
  readonly phone: Phone
  readonly prompts: PhonePrompts
  readonly items: Items
  /** The access group of the app. */
  readonly group: string
  readonly enforcesAccessControl: boolean
  readonly main: MainQueue
  /** Told where the main thread waits for the person. */
  readonly held: () => void
  /** Told of each secret that is handed out. */
  readonly handedOut: () => void
  /** Told of each read that finds something before the first unlock; says whether it shows. */
  readonly showsBeforeFirstUnlock: () => boolean
}

/** The `SecItem` functions for one process of the app. */
export const createKeychain = (parts: KeychainParts): Keychain => {
  const { process, phone, prompts, items, group, enforcesAccessControl } = parts

  const unacceptable = (query: KeychainQuery): OSStatus | null => {
    if (query.accessGroup !== undefined && query.accessGroup !== group) return missingEntitlement
    if (query.accessControl === undefined) return null
    return query.accessible !== undefined || stepsOf(query.accessControl.flags) === null ? badParameter : null
  }
  /** Whether the phone can keep such an item now. */
  const unkeepable = ({ accessible, flags }: Pick<Row, 'accessible' | 'flags'>): OSStatus | null => {
    if (protectionClasses[accessible].needsPasscode && !phone.hasPasscode()) return cannotDecode
    if (!isOpen(accessible, phone)) return interactionNotAllowed
    if ((needsBiometry(flags) || bindsCurrentSet(flags)) && phone.enrolled() === 0) return authFailed
    return stepsOf(flags)?.length !== 0 && !phone.hasPasscode() ? authFailed : null
  }

  const add = (attributes: KeychainQuery): OSStatus => {
    const { service = '', account = '', accessControl } = attributes
    const flags = accessControl?.flags ?? 0
    const accessible = accessControl?.accessible ?? attributes.accessible ?? 'WhenUnlocked'
    const status = unacceptable(attributes) ?? unkeepable({ accessible, flags })
    if (status !== null) return status
    if (items.holds(group, service, account)) return duplicateItem
    const { label = null, generic = null, valueData } = attributes
    const data = valueData?.slice() ?? null
    items.add({ group, service, account, label, generic, accessible, flags, data })
    return success
  }

  /** Finds, asks the person where an item says so, and looks again: what was there may be gone by then. */
  const reach = <T>(
    query: KeychainQuery,
    onMain: boolean,
    context: ContextState,
    act: (found: readonly Row[]) => T,
    refuse: (status: OSStatus) => T,
  ): T | Promise<T> => {
    const status = unacceptable(query)
    if (status !== null) return refuse(status)
    if (context.invalid) return refuse(authFailed)
    const matching = items.matching(group, query)
    const found = query.all ? matching : matching.slice(0, 1)
    if (found.length === 0) return refuse(itemNotFound)
    if (!found.every((row) => isOpen(row.accessible, phone)))
      return refuse(phone.unlockedOnce() || parts.showsBeforeFirstUnlock() ? interactionNotAllowed : itemNotFound)
    for (const row of found) {
      const steps = enforcesAccessControl ? stepsLeft(stepsOf(row.flags) ?? [], context.proofs) : []
      if (steps.length === 0) continue
      if (query.noInterface || context.interactionNotAllowed()) return refuse(interactionNotAllowed)
      const refusal = refusalFor(phone, steps)
      if (refusal !== null) return refuse(statusOfLaCode(laCodes[refusal]))
      if (onMain) parts.held()
      return new Promise<T>((resolve) => {
        prompts.ask({
          steps,
          owner: context,
          ownButton: false,
          end: (how) =>
            void process.pass(() => {
              if (typeof how === 'object') {
                context.proofs = together(context.proofs, how)
                resolve(reach(query, onMain, context, act, refuse))
              } else resolve(refuse(how === 'forged' ? authFailed : statusOfLaCode(laCodes[how])))
            }),
        })
      })
    }
    return act(found)
  }
  const contextOf = (query: KeychainQuery): ContextState =>
    stateOf(query.context) ?? { proofs: nobody, invalid: false, interactionNotAllowed: () => false }

  const shown = (row: Row, withData: boolean): KeychainItem => {
    const { service, account, label, generic, data } = row
    if (withData && data !== null) parts.handedOut()
    return { service, account, label, generic, data: withData ? (data?.slice() ?? null) : null }
  }
  const changed = (row: Row, changes: KeychainQuery): Row => {
    const { service = row.service, account = row.account, label = row.label, generic = row.generic } = changes
    const flags = changes.accessControl?.flags ?? row.flags
    const accessible = changes.accessControl?.accessible ?? changes.accessible ?? row.accessible
    const data = changes.valueData?.slice() ?? row.data
    return { group, service, account, label, generic, accessible, flags, data }
  }
  const update = (found: readonly Row[], changes: KeychainQuery): OSStatus => {
    for (const row of found) {
      const next = changed(row, changes)
      const status = unkeepable(next)
      if (status !== null) return status
      const renamed = next.service !== row.service || next.account !== row.account
      if (renamed && items.holds(group, next.service, next.account)) return duplicateItem
      items.replace(row, next)
    }
    return success
  }

  return {
    add: (attributes) => process.pass(() => add(attributes)),
    copyMatching(query) {
      const onMain = parts.main.here
      return process.pass(() =>
        reach<{ status: OSStatus; items: readonly KeychainItem[] }>(
          query,
          onMain,
          contextOf(query),
          (found) => ({ status: success, items: found.map((row) => shown(row, query.returnData === true)) }),
          (status) => ({ status, items: [] }),
        ),
      )
    },
    update(query, changes) {
      const onMain = parts.main.here
      return process.pass(() => {
        const status = unacceptable(changes)
        if (status !== null) return status
        // An update is of all that match, whatever the limit.
        return reach(
          { ...query, all: true },
          onMain,
          contextOf(query),
          (found) => update(found, changes),
          (refused) => refused,
        )
      })
    },
    delete: (query) =>
      process.pass(() => {
        const status = unacceptable(query)
        if (status !== null) return status
        const found = items.matching(group, query)
        if (found.length === 0) return itemNotFound
        items.remove(found)
        return success
      }),
    errorMessage: (status) => statusText(status, phone.language()),
  }
}
