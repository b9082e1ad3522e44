import type { Requirement } from '../requirement.ts'
import { foundConverted } from './found-in-memory.ts'
import { takesRecipes } from './MEM-01.ts'

export const requirement: Requirement = {
  id: 'MEM-03',
  family: 'MEM',
  level: 'MUST',
  profiles: ['lifecycle'],
  clause:
    'Once the vault is locked, no converted copy of what it was given can be found in the memory of its process: lists of numbers, hex, Base64, UTF-16.',
  threat: 'LEAK',
  cwe: ['CWE-316', 'CWE-226'],
  maswe: ['MASWE-0024'],
  why: 'The bytes were zeroed with care, and the message between page and plugin still holds each of them as a number.',
  advice: 'Hand secrets over as bytes that can be zeroed; where a bridge must convert them, zero what it made as well.',
  sources: ['decentpaste tauri-plugin-decentsecret: keys as JSON numbers', 'bitwarden/clients#3166'],
  needs: ['readable-memory'],
  judges: ['memory-after-lock'],
  twin: ['memory-while-held'],
  exempts: takesRecipes,
  breach: foundConverted,
}
