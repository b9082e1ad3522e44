import type { PhoneCosts } from './phone-costs.ts'
import type { PhoneFarm } from './phone-farm.ts'
import type { PhoneTime } from './phone-time.ts'

const met = (is: boolean): string => (is ? 'met' : 'missed')
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`
const percent = (part: number): string => `${(part * 100).toFixed(0)} %`

function timeLines(time: PhoneTime): readonly string[] {
  const { what, sessionMs, firstSessionMs, sessionTargetMs, commands, programTargetMs, ratioTarget, apart } = time
  const own = `; ${time.outsideMs.toFixed(0)} ms of it outside of any command`
  const { oursMs, bareMs, ratio } = time.program
  const dearer = 1 / ratio
  const left = apart === 0 ? '' : `; ${apart} rounds left out, in which the two phones went apart`
  const limit =
    oursMs <= programTargetMs
      ? ''
      : `: ${commands} commands, ${(bareMs / commands).toFixed(0)} ms each in driver and phone`
  return [
    what,
    `  session start       ${seconds(sessionMs)}, the first ${seconds(firstSessionMs)}; target ${seconds(sessionTargetMs)} ${met(sessionMs <= sessionTargetMs)}`,
    `  enrolment change    ${seconds(oursMs)}; target ${seconds(programTargetMs)} ${met(oursMs <= programTargetMs)}${limit}`,
    `  of bare commands    ${dearer.toFixed(3)} times ${seconds(bareMs)} of its ${commands} webdriverio commands; target ${ratioTarget} ${met(dearer <= ratioTarget)}${own}${left}`,
  ]
}

function farmLines({ what, phones, one, all, ratio, target, shares, busy, cores }: PhoneFarm): readonly string[] {
  const told = `  ${phones} at once do ${ratio.toFixed(2)} times what one does (${all.toFixed(0)} and ${one.toFixed(0)} programs a minute); target ${target} ${met(ratio >= target)}`
  if (ratio >= target) return [`${what}s on one Appium`, told]
  return [
    `${what}s on one Appium`,
    told,
    `  what limits it: ${percent(busy)} of the time of ${cores} cores was spent by`,
    ...shares.map(({ who, part }) => `    ${percent(part).padStart(5)}  ${who}`),
  ]
}

/** The result for people. */
export function phonesTable({ times, farm }: PhoneCosts): string {
  const lacking = ({ what, why }: { readonly what: string; readonly why: string }) => [`${what}: not measured: ${why}`]
  return [
    ...times.flatMap((time) => ('why' in time ? lacking(time) : timeLines(time))),
    ...('why' in farm ? lacking(farm) : farmLines(farm)),
  ].join('\n')
}
