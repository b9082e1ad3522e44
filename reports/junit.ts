import type { StreamRecord } from '../harness/contract/stream.ts'
import { type FailureStory, failureStory } from './failure-story.ts'
import { family } from './family.ts'
import { fidelityMeaning } from './fidelity-meaning.ts'
import { heldLines } from './held-line.ts'
import type { RequirementTexts } from './requirement-text.ts'
import { type Judged, type TargetTally, tally } from './tally.ts'
import { failuresOf } from './told-failures.ts'
import { type Element, element, xml } from './xml.ts'

/**
 * The run as JUnit XML: a suite for each target, a case for each requirement. Names hold neither seed nor numbers, so
 * that a CI server can follow a requirement over runs.
 */
export function junit(records: readonly StreamRecord[], texts: RequirementTexts): string {
  const { run, targets, end } = tally(records)
  const suites = targets.map((target) => suite(target, texts, run))
  if (end === null) {
    const cut = element('error', { message: 'the run was cut before its end', type: 'harness-error' })
    const testcase = element('testcase', { classname: 'holdfast', name: 'the run came to its end' }, cut)
    suites.push(element('testsuite', { name: 'holdfast', ...counted([testcase]) }, testcase))
  }
  const time: Record<string, string> = end === null ? {} : { time: (end.tookMs / 1000).toFixed(3) }
  const cases = suites.flatMap(({ children }) => children.filter((child) => typeof child !== 'string'))
  return xml(element('testsuites', { name: 'holdfast', ...counted(cases), ...time }, ...suites))
}

function suite(
  target: TargetTally,
  texts: RequirementTexts,
  run: Extract<StreamRecord, { type: 'run' }> | null,
): Element {
  const cases = [...troubleCases(target), ...target.judged.map((judged) => testcase(target, judged, texts))]
  const fidelity = target.environment?.fidelity
  const properties = Object.entries({
    vault: target.vault,
    device: target.device,
    ...(fidelity === undefined ? {} : { fidelity: `${fidelity}: ${fidelityMeaning[fidelity]}` }),
    ...(run === null
      ? {}
      : {
          holdfast: run.holdfast,
          ...(run.set === undefined ? {} : { set: run.set }),
          seed: String(run.seed),
          budget: run.budget,
        }),
    held: heldLines(target, texts).join('; '),
  }).map(([name, value]) => element('property', { name, value }))
  return element(
    'testsuite',
    {
      name: target.target,
      ...counted(cases),
      ...(run === null ? {} : { timestamp: run.started.replace(/\.\d+Z$|Z$/, '') }),
    },
    element('properties', {}, ...properties),
    ...cases,
  )
}

function counted(elements: readonly Element[]): Readonly<Record<string, number>> {
  const cases = elements.filter(({ name }) => name === 'testcase')
  const having = (kind: string): number =>
    cases.filter(({ children }) => children.some((child) => typeof child !== 'string' && child.name === kind)).length
  return { tests: cases.length, failures: having('failure'), errors: having('error'), skipped: having('skipped') }
}

/** What kept the whole target from being judged: a case of its own, as every requirement may be merely skipped by it. */
function troubleCases({ target, errors, smoke }: TargetTally): readonly Element[] {
  const bad = smoke?.ok === false ? smoke : undefined
  const troubles = [...(bad === undefined ? [] : [bad]), ...errors]
  if (troubles.length === 0) return []
  const told = troubles.map(({ sentence, blame }) =>
    element('error', { message: sentence, type: `${blame ?? 'harness'}-error` }),
  )
  return [element('testcase', { classname: target, name: 'the target can be judged' }, ...told.slice(0, 1))]
}

function testcase(target: TargetTally, judged: Judged, texts: RequirementTexts): Element {
  const { requirement } = judged
  const clause = texts(requirement)?.clause
  return element(
    'testcase',
    {
      classname: `${target.target}.${family(requirement).letters}`,
      name: clause === undefined ? requirement : `${requirement}: ${clause}`,
    },
    ...result(target, judged, texts),
  )
}

function result(target: TargetTally, judged: Judged, texts: RequirementTexts): readonly Element[] {
  const { requirement, verdict, scored } = judged
  if (!scored && (verdict.is === 'pass' || verdict.is === 'fail'))
    return [element('skipped', { message: `later than the set of this run, so not scored: ${verdict.is}` })]
  switch (verdict.is) {
    case 'pass':
      return []
    case 'fail': {
      const stories = failuresOf(target, requirement).map((failure) => failureStory(failure, texts))
      const first = stories[0]
      if (first === undefined) return [element('failure', { message: 'failed; no program was kept', type: 'fail' })]
      const message = `expected ${first.expected}; seen ${first.seen}; at fault: ${first.atFault}`
      return [element('failure', { message, type: 'fail' }, stories.map(plainStory).join('\n\n'))]
    }
    case 'expected-fail':
      return [element('skipped', { message: `known failure, as the baseline expects: ${verdict.why}` })]
    case 'unexpected-pass':
      return [element('failure', { message: `held against the baseline: ${verdict.why}`, type: 'unexpected-pass' })]
    case 'not-applicable':
      return [element('skipped', { message: `not applicable: ${verdict.why}` })]
    case 'not-testable':
      return [element('skipped', { message: `not testable here (${verdict.cause}): ${verdict.why}` })]
    case 'harness-error':
      return [element('error', { message: verdict.why, type: 'harness-error' })]
  }
}

function plainStory(failure: FailureStory): string {
  const steps = failure.story.steps.map(
    ({ sentence, parts }, index) => `${parts ? '>' : ' '} ${index + 1}. ${sentence}`,
  )
  return [
    `${failure.requirement}: ${failure.clause}`,
    ...steps,
    failure.story.note,
    failure.situation === null ? null : `situation: ${failure.situation}`,
    `expected: ${failure.expected}`,
    `seen: ${failure.seen}`,
    `at fault: ${failure.atFault}`,
    failure.matters === null ? null : `why it matters: ${failure.matters}`,
    failure.advice === null ? null : `what to do: ${failure.advice}`,
    failure.found,
    failure.replay === null ? null : `run it again: ${failure.replay}`,
  ]
    .filter((line) => line !== null)
    .join('\n')
}
