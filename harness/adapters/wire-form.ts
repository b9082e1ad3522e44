import type { VaultCall } from '../contract/operations.ts'
import type { Digest, Response, WireSecret } from '../contract/protocol.ts'
import type { Secret } from '../contract/values.ts'
import type { Answer } from '../contract/vault.ts'

/** What a request for this call holds beside its id. */
export function bodyOf(call: VaultCall): object {
  switch (call.op) {
    case 'put':
      return { ...call, value: onWire(call.value) }
    case 'setUp':
    case 'unlock':
      return {
        ...call,
        ...(call.pin === undefined || call.pin === null ? {} : { pin: onWire(call.pin) }),
        ...(call.key === undefined ? {} : { key: onWire(call.key) }),
      }
    case 'addSlot':
      return call.pin === undefined || call.pin === null ? call : { ...call, pin: onWire(call.pin) }
    case 'changePin':
      return {
        ...call,
        next: onWire(call.next),
        ...(call.pin === undefined || call.pin === null ? {} : { pin: onWire(call.pin) }),
      }
    case 'rotateKey':
      return call.key === undefined ? call : { ...call, key: onWire(call.key) }
    default:
      return call
  }
}

const onWire = (secret: Secret): WireSecret =>
  typeof secret === 'string' ? { text: secret } : { bytes: Buffer.from(secret).toString('base64') }

/**
 * What a response says of its call.
 * @param known the value with this digest, where there is one
 */
export function answerOf(response: Exclude<Response, { hello: unknown }>, known: (digest: Digest) => Secret): Answer {
  if ('fail' in response) return { is: 'fail', failure: response.fail }
  if ('native' in response) return { is: 'native', native: response.native }
  const { ok } = response
  if (ok === null || typeof ok !== 'object') return { is: 'ok', value: ok }
  if ('text' in ok) return { is: 'ok', value: ok.text }
  if ('sha256' in ok) return { is: 'ok', value: known(ok) }
  if ('bytes' in ok) return { is: 'ok', value: Buffer.from(ok.bytes, 'base64') }
  return { is: 'ok', value: ok }
}

/** Names a refusal by its code or its native identity. */
export const tellRefusal = (answer: Exclude<Answer, { is: 'ok' }>): string =>
  answer.is === 'fail'
    ? `'${answer.failure.code}'`
    : `${answer.native.domain} ${answer.native.type ?? answer.native.code ?? ''}`.trim()
