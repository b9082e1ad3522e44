import { expect, test } from 'vitest'
import {
  type AndroidApp,
  type AuthenticationCallback,
  authenticators,
  type Cipher,
  JavaThrowable,
  type PromptInfo,
} from '../../../harness/contract/platforms/android.ts'
import type { PromptPhase } from '../../../harness/contract/prompt.ts'
import { settling } from '../../simulation/settling.ts'
import { virtualAndroid } from './device.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const text = (content: Uint8Array) => new TextDecoder().decode(content)
const biometric: PromptInfo = { title: 'Open', allowedAuthenticators: authenticators.strong, negativeButtonText: 'No' }

const phone = () => {
  const device = virtualAndroid()
  const phases: PromptPhase[] = []
  device.prompts?.onPhase((_prompt, phase) => phases.push(phase))
  const { android, effects, prompts } = device
  if (android === undefined || effects === undefined || prompts === undefined) throw new Error('a phone has these')
  return { device, effects, prompts, phases, start: () => android('app') }
}
const told = () => {
  const heard: string[] = []
  const callback: AuthenticationCallback = {
    onAuthenticationSucceeded: ({ cryptoObject }) =>
      heard.push(cryptoObject === null ? 'matched' : 'matched with cipher'),
    onAuthenticationError: (code) => heard.push(`error ${code}`),
    onAuthenticationFailed: () => heard.push('missed'),
  }
  return { heard, callback }
}
const bound = async (app: AndroidApp): Promise<Cipher> => {
  const key = await app.keyStore.generateKey({
    alias: 'k',
    transformation: 'AES/GCM/NoPadding',
    userAuthenticationRequired: true,
  })
  const cipher = app.keyStore.cipher('AES/GCM/NoPadding')
  await cipher.init('encrypt', key)
  return cipher
}

test('a value is sealed and opened by a key that asks a person for each use', async () => {
  const { start, prompts, phases } = phone()
  const app = start()
  const cipher = await bound(app)
  const { heard, callback } = told()
  app.activity().biometricPrompt(callback).authenticate(biometric, { cipher })
  await settling(Promise.resolve())
  expect(prompts.up()).toBe(true)
  expect(prompts.answer()).toBe(true)
  await settling(Promise.resolve())
  expect([heard, phases]).toEqual([['matched with cipher'], ['shown', 'matched']])
  const sealed = await cipher.doFinal(bytes('secret'))
  const open = app.keyStore.cipher('AES/GCM/NoPadding')
  await open.init('decrypt', { alias: 'k' }, cipher.iv)
  const failed = await settling(open.doFinal(sealed))
  expect(failed.is === 'failed' && failed.error instanceof JavaThrowable && failed.error.className).toBe(
    'javax.crypto.IllegalBlockSizeException',
  )
  await open.init('decrypt', { alias: 'k' }, cipher.iv)
  app.activity().biometricPrompt(callback).authenticate(biometric, { cipher: open })
  await settling(Promise.resolve())
  prompts.answer()
  await settling(Promise.resolve())
  expect(text(await open.doFinal(sealed))).toBe('secret')
})
