import { expect, test } from 'vitest'
import { phonesTable } from './phones-table.ts'

const time = {
  what: 'virtual Android phone',
  sessionMs: 460,
  firstSessionMs: 1900,
  sessionTargetMs: 2000,
  program: { oursMs: 1200, bareMs: 1150, overMs: 50, overFrom: 40, overTo: 60, ratio: 0.96 },
  commands: 50,
  programTargetMs: 1500,
  ratioTarget: 1.15,
  outsideMs: 9,
  apart: 0,
}
const farm = {
  what: 'virtual Android phone',
  phones: 8,
  one: 40,
  all: 60,
  ratio: 1.5,
  target: 5,
  shares: [{ who: 'chromium', part: 0.4 }],
  busy: 0.95,
  cores: 2,
}

test('what meets its target is told without reasons', () => {
  const told = phonesTable({ times: [time], farm: { ...farm, ratio: 6 } })
  expect(told.match(/ met/g)).toHaveLength(4)
  expect(told).not.toContain('missed')
  expect(told).not.toContain('what limits it')
})

test('what misses it is told with what limits it', () => {
  const slow = { ...time, program: { ...time.program, oursMs: 2000, ratio: 0.8 }, apart: 1 }
  const told = phonesTable({ times: [slow], farm })
  expect(told).toContain(
    'enrolment change    2.00 s; target 1.50 s missed: 50 commands, 23 ms each in driver and phone',
  )
  expect(told).toContain('1.250 times')
  expect(told).toContain('1 rounds left out')
  expect(told).toContain('8 at once do 1.50 times what one does (60 and 40 programs a minute); target 5 missed')
  expect(told).toContain('95 % of the time of 2 cores')
  expect(told).toContain('40 %  chromium')
})

test('what lacks on a machine is told in place of a number', () => {
  const why = 'adb is not installed'
  expect(phonesTable({ times: [{ what: 'virtual Android phone', why }], farm: { what: '8 phones', why } })).toBe(
    'virtual Android phone: not measured: adb is not installed\n8 phones: not measured: adb is not installed',
  )
})
