import { facetNames } from '../harness/contract/environment.ts'
import type { StreamRecord } from '../harness/contract/stream.ts'
import type { Verdict } from '../harness/contract/verdict.ts'
import { appWords } from './app-words.ts'
import { count, duration, number } from './count.ts'
import { phoneShare, spentOn } from './estimated.ts'
import { family } from './family.ts'
import { fidelityMeaning } from './fidelity-meaning.ts'
import { asideLine, heldLines } from './held-line.ts'
import { code, escaped, table } from './markdown-text.ts'
import { notJudged } from './not-judged.ts'
import { oneLine } from './printable.ts'
import type { RequirementTexts } from './requirement-text.ts'
import { type TargetTally, tally } from './tally.ts'
import { type Told, toldFailures } from './told-failures.ts'

/** The run as a page of Markdown, for a pull request or a CI job's summary. */
export function markdown(records: readonly StreamRecord[], texts: RequirementTexts): string {
  const { run, targets, end } = tally(records)
  if (run === null) return '# Holdfast\n\nThis run has no records, so there is nothing to report.\n'
  const cut = 'The run was cut before its end: this is the part that was recorded.'
  const sections = [
    '# Holdfast',
    `**${escaped(end?.sentence ?? cut)}**`,
    targets.map((target) => resultLine(target, run.set, texts)).join('\n'),
    ...toldFailures(targets, texts, false).map(told),
    ...targets.map((target) => targetSection(target, texts)),
    `Holdfast ${escaped(run.holdfast)}, ${run.set === undefined ? '' : `set ${escaped(run.set)}, `}seed ${run.seed}, budget ${escaped(run.budget)}, started ${escaped(run.started)}` +
      `${end === null ? '' : `, took ${duration(end.tookMs)}, exit code ${end.exit}`}.`,
  ]
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`
}

function resultLine(of: TargetTally, set: string | undefined, texts: RequirementTexts): string {
  const { target, environment } = of
  const fidelity = environment?.fidelity
  const where = fidelity === undefined ? '' : ` (${fidelity}: ${fidelityMeaning[fidelity]})`
  const aside = asideLine(of)
  const lines = [...heldLines(of, texts), ...(aside === null ? [] : [`not scored in set ${set ?? '?'}: ${aside}`])]
  return `- **${escaped(target)}**${where}: ${lines.map(escaped).join('; ')}`
}

function told(one: Told): string {
  if (one.is === 'more')
    return `${count(one.times, 'more failure')} of ${one.requirement} on ${escaped(one.target)}: see run.ndjson.`
  if (one.is === 'unexpected-pass')
    return `## ${one.requirement} holds against the baseline on ${escaped(one.target)}\n\n${escaped(one.why)}`
  if (one.is === 'untold')
    return `## ${one.requirement} fails on ${escaped(one.target)}\n\nNo program was kept. ${escaped(one.known ?? '')}`.trimEnd()
  if (one.is === 'known')
    return `## ${count(one.requirements.length, 'known failure')} on ${escaped(one.target)}\n\n${one.requirements.join(', ')}`
  const { story, known, scored } = one
  const level = story.level === null ? '' : ` (${story.level})`
  const rows: readonly (readonly [string, string | null])[] = [
    ['situation', story.situation],
    ['expected', story.expected],
    ['seen', story.seen],
    ['at fault', story.atFault],
    ['why it matters', story.matters],
    ['what to do', story.advice],
    ['known', known],
    ['how sure', story.found],
  ]
  return [
    `## ${story.requirement}${level} fails on ${escaped(story.target)}${known !== null ? ', as the baseline expects' : scored ? '' : ', not scored'}`,
    escaped(story.clause),
    story.story.steps
      .map(({ sentence, parts }, index) => {
        const step = escaped(sentence)
        return `${index + 1}. ${parts ? `**${step}**` : step}`
      })
      .join('\n'),
    story.story.note === null ? '' : escaped(story.story.note),
    table(
      ['', ''],
      rows.flatMap(([label, text]) => (text === null ? [] : [[label, escaped(text)]])),
    ),
    story.replay === null ? '' : `\`\`\`sh\n${oneLine(story.replay)}\n\`\`\``,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function targetSection(target: TargetTally, texts: RequirementTexts): string {
  const { judged, environment, description, situations } = target
  const open = notJudged(target)
  const facets = facetNames.flatMap((name) => {
    const state = environment?.facets[name]
    return state === undefined ? [] : [[name, state.is, escaped(state.is === 'unproven' ? state.why : state.evidence)]]
  })
  const requirements = judged.map(({ requirement, verdict, effort, scored }) => [
    requirement,
    escaped(texts(requirement)?.clause ?? family(requirement).name),
    scored ? said(verdict) : `${verdict.is}, not scored`,
    number(effort.programs),
    number(effort.situations),
    number(effort.twins),
  ])
  const met = [...situations].map(([name, times]) => [escaped(name), times === 0 ? '**never**' : number(times)])
  const software = Object.entries(environment?.software ?? {}).map(([name, version]) => `${name} ${version}`)
  return [
    `## ${escaped(target.target)}`,
    description === null
      ? ''
      : `Vault ${code(`${description.name} ${description.version}`)} on ${code(target.device)}` +
        `${software.length === 0 ? '' : ` with ${escaped(software.join(', '))}`}.`,
    (description?.derived ?? []).length === 0
      ? ''
      : `The adapter adds: ${escaped(description?.derived.join(', ') ?? '')}.`,
    environment?.app === undefined ? '' : `The app is ${escaped(appWords(environment.app))}.`,
    target.spent === null ? '' : `${escaped(spentOn(target.spent))}.`,
    target.phones.length === 0 ? '' : `Shared by ${escaped(target.phones.map(phoneShare).join('; '))}.`,
    judged.length === 0
      ? 'Nothing was judged.'
      : table(['requirement', 'what must hold', 'verdict', 'programs', 'situation met', 'twin met'], requirements),
    open.length === 0
      ? ''
      : `Not judged:\n\n${open.map(({ requirements: ids, reason }) => `- ${[...ids, ''].join(', ').replace(/, $/, ': ')}${escaped(reason)}`).join('\n')}`,
    met.length === 0 ? '' : details('How often each situation occurred', table(['situation', 'times'], met)),
    facets.length === 0
      ? ''
      : details('What this environment really does', table(['facet', 'state', 'evidence'], facets)),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function said(verdict: Verdict): string {
  return verdict.is === 'fail' || verdict.is === 'unexpected-pass' || verdict.is === 'harness-error'
    ? `**${verdict.is}**`
    : verdict.is
}

const details = (title: string, body: string): string => `<details><summary>${title}</summary>\n\n${body}\n\n</details>`
