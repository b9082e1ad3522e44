import type { Description } from '../../contract/description.ts'
import type { CallFact, Occurrence } from '../../judging/call-fact.ts'
import type { PhoneFact } from '../../judging/phone-fact.ts'
import { may } from '../../models/fate.ts'
import { blameOf, tellOutcome } from '../breach.ts'
import { failedBy, onPhone } from '../phone-breach.ts'
import type { Breach, Requirement } from '../requirement.ts'

/** Whether the reason is known: what it asks for cannot be given now, or its prompt ended otherwise. */
const known = ({ fates, steady, end }: PhoneFact): boolean =>
  (steady && !may(fates, 'usable')) || (end !== null && end !== 'matched' && end !== 'forged')

/** A vault that speaks codes itself hides the number: that it had one follows from the reason. */
function numbered({ outcome }: CallFact, phone: PhoneFact, { mapping }: Description): boolean {
  if (outcome.is !== 'fail') return false
  if (mapping.length > 0) return typeof outcome.native?.code === 'number'
  return known(phone) && outcome.failure.reason !== 'the adapter threw'
}

function breach(occurrence: Occurrence, description: Description): Breach | null {
  const met = onPhone(occurrence)
  if (met === null || !failedBy(occurrence, 'internal') || !numbered(met.call, met.phone, description)) return null
  const { outcome } = met.call
  const native = outcome.is === 'fail' ? outcome.native : undefined
  return {
    kind: native === undefined ? `${met.call.op.op}-internal` : `${native.domain} ${native.code}`,
    expected: 'a code that says what happened',
    seen: tellOutcome(outcome),
    ...blameOf(outcome),
  }
}

export const requirement: Requirement = {
  id: 'ERR-02',
  family: 'ERR',
  level: 'MUST',
  profiles: ['biometric', 'gate'],
  clause: 'Every number by which the platform says why a call failed has a code.',
  threat: 'WRONG-CODE',
  cwe: ['CWE-394'],
  why: 'The app says "error -34018: good luck googling that".',
  advice: 'Map the numbers of the platform by a table, and look into it when a new one turns up.',
  sources: ['NativeScript/plugins#524', 'Apple: Security framework result codes'],
  needs: [],
  judges: ['failed-with-identity'],
  twin: ['acknowledged-write', 'gated'],
  witnesses: (occurrence) => {
    const met = onPhone(occurrence)
    const { outcome } = met?.call ?? { outcome: null }
    return met !== null && outcome?.is === 'fail' && (typeof outcome.native?.code === 'number' || known(met.phone))
  },
  breach,
}
