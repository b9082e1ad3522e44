import type { Facet } from '../../../harness/contract/environment.ts'
import {
  accessControl,
  backup,
  changesLanguage,
  countedItems,
  enrolmentInvalidates,
  firstUnlock,
  scriptedPerson,
  seenPrompts,
  watchedMainThread,
} from './phone-probes.ts'
import type { Probe } from './probe.ts'
import { capturedOutput, orderedEffects, processDeath, searchedFiles } from './seam-probes.ts'

/** One probe for each facet: our own calls and acts, and what was seen, in words. */
export const probes = {
  'process-death': processDeath,
  'ordered-effects': orderedEffects,
  'captured-output': capturedOutput,
  'searched-files': searchedFiles,
  'enforces-access-control': accessControl,
  'enrolment-invalidates': enrolmentInvalidates,
  'scripted-person': scriptedPerson,
  'seen-prompts': seenPrompts,
  'watched-main-thread': watchedMainThread,
  'first-unlock': firstUnlock,
  'phone-backup': backup,
  'counted-kept-items': countedItems,
  'changes-language': changesLanguage,
} as const satisfies Partial<Record<Facet, Probe>>
