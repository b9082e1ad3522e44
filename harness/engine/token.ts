import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { z } from 'zod'
import { programSchema } from '../contract/program.ts'

/** What a token carries: enough to run the program again anywhere. */
export const replaySchema = z.strictObject({
  holdfast: z.string(),
  target: z.string(),
  requirement: z.string(),
  program: programSchema,
})
export type Replay = Readonly<z.infer<typeof replaySchema>>

const prefix = 'hf1.'
/** Texts that most programs share: the compressor refers to them. Changing it changes the prefix. */
const dictionary = Buffer.from(
  'model linux-container host reference@ python-keyring@ PST-0 ENC-0 CONC-0 ERR-0 TXN-0 SS-0 AVL-01 LOG-01 ' +
    '"unicode""newline""binary""empty""hex""nul""advance-clock","by":"cut-power","loses":"all""contents"' +
    '"availability""state""lock""reset""setUp""has""list""stop-keyring""start-keyring""restart-keyring""restart-machine"' +
    '"lock-keyring""unlock-keyring"{"do":"control","control":{"control":"kill-app","atEffect":}},{"do":"call","op":{"op":"unlock"}},' +
    '{"do":"start","op":{"op":"delete","name":"b"}},{"do":"call","op":{"op":"put","name":"a","value":{"canary":0,"size":12,"kind":"text"}}},' +
    '{"do":"call","op":{"op":"get","name":"a"}}],"schedule":[]',
)

/** Writes a failure as one word that replays it. */
export function writeToken({ holdfast, target, requirement, program }: Replay): string {
  const text = JSON.stringify([holdfast, target, requirement, program.commands, program.schedule])
    // The last field is named so that the dictionary fits; nothing else depends on it.
    .replace(/\],\[([\d,]*)\]\]$/, '],"schedule":[$1]')
  return prefix + deflateRawSync(Buffer.from(text), { level: 9, dictionary }).toString('base64url')
}

/** The token is damaged, or of another version. */
export class TokenError extends Error {
  override readonly name = 'TokenError'
}

/** Reads a token, or throws `TokenError` with one sentence. */
export function readToken(token: string): Replay {
  const word = token.trim()
  if (!word.startsWith(prefix))
    throw new TokenError(`This is no replay token: it should begin with '${prefix}'. Copy the whole word.`)
  let parts: unknown
  try {
    const text = inflateRawSync(Buffer.from(word.slice(prefix.length), 'base64url'), {
      dictionary,
      maxOutputLength: 1 << 20,
    }).toString('utf8')
    parts = JSON.parse(text.replace(/\],"schedule":\[([\d,]*)\]$/, '],[$1]]'))
  } catch (cause) {
    throw new TokenError('This replay token is damaged: copy the whole word, without line breaks.', { cause })
  }
  const [holdfast, target, requirement, commands, schedule] = Array.isArray(parts) ? parts : []
  const read = replaySchema.safeParse({ holdfast, target, requirement, program: { commands, schedule } })
  if (!read.success)
    throw new TokenError('This replay token holds no program that this version knows: use the version that wrote it.', {
      cause: read.error,
    })
  return read.data
}
