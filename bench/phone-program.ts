import type { Description } from '../harness/contract/description.ts'
import type { History } from '../harness/contract/history.ts'
import type { Program } from '../harness/contract/program.ts'
import { factsOf } from '../harness/judging/facts.ts'
import { exemption } from '../harness/judging/verdict.ts'
import { requirements } from '../harness/requirements/index.ts'
import { check } from '../harness/requirements/requirement.ts'

const put = { op: 'put', name: 'a', value: { canary: 1, size: 24, kind: 'text' }, access: 'current-set' } as const
const get = { op: 'get', name: 'a' } as const

/** Set up, enrol a finger through the Settings, read what is shut now, recover: write and read again, each with a finger. */
export const enrolmentChange: Program = {
  commands: [
    { do: 'call', op: put },
    { do: 'start', op: get },
    { do: 'control', control: { control: 'touch', finger: 'right' } },
    { do: 'control', control: { control: 'enrol', what: 'finger' } },
    { do: 'call', op: get },
    { do: 'call', op: put },
    { do: 'call', op: get },
  ],
  schedule: [],
}

/** An iPhone has no second finger: it is switched off, read, switched on and read again. */
export const enrolmentSwitched: Program = {
  commands: [
    { do: 'call', op: put },
    { do: 'start', op: get },
    { do: 'control', control: { control: 'touch', finger: 'right' } },
    { do: 'control', control: { control: 'unenrol', which: 'all' } },
    { do: 'call', op: get },
    { do: 'control', control: { control: 'enrol', what: 'finger' } },
    { do: 'call', op: put },
    { do: 'call', op: get },
  ],
  schedule: [],
}

/**
 * Every check on a history, as a run does it.
 * @throws Error where the vault fails one, or a control was skipped: then the time says nothing
 */
export const judged = (history: History, description: Description): void => {
  const facts = factsOf(history, description)
  for (const requirement of requirements) {
    if (exemption(requirement, description) !== null) continue
    const finding = check(requirement, facts, description)
    if (finding.is === 'broken') throw new Error(`the reference failed ${finding.fingerprint} on a phone`)
  }
  const skipped = history.events.find((event) => event.type === 'control' && event.result === 'skipped')
  if (skipped !== undefined) throw new Error('a control was skipped on a phone that has it')
}
