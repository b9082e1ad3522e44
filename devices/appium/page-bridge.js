// Holdfast's page bridge, version 1. Include it in your app's page and call holdfast.serve({ description, open }) once:
// open(namespace) gives { invoke(call) }, which answers { is: 'ok', value }, { is: 'fail', failure } or { is: 'native', native }.
// Secrets come as recipes and are made here; of a value that was read, only its digest leaves the page.
globalThis.holdfast = (() => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
  const [base64, lasts, imul] = [`${letters}+/`, 'AEIMQUYcgkosw048', Math.imul]
  const prefixes = 'go-keyring-base64: go-keyring-encoded: base64: hex: 0x enc: data:;base64,'.split(' ')
  const marks = { newline: [' ', '\n\r\n', '\n'], unicode: ['ä', 'e\u0301\u{1f511}', 'ß'], nul: ['', '\0', ''] }
  const [said, waiting, utf8, turns] = [[], [], new TextEncoder(), []]
  let [adapter, vault] = [null, null]
  const say = (message) => said.push(JSON.stringify(message)) && turns.splice(0).map((go) => go())
  const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const mix = (from, by, times) => imul(from ^ (from >>> by), times)
  const made = ({ canary, size, kind }) => {
    let state = imul(canary + 1, 0x9e3779b1) ^ imul(size + 1, 0x85ebca6b) ^ (kind.charCodeAt(0) << 8) ^ kind.length
    const next = (below) => {
      state = (state + 0x9e3779b9) >>> 0
      return (mix(mix(mix(state, 16, 0x21f0aaad), 15, 0x735a2d97), 15, 1) >>> 0) % below
    }
    const some = (length, of = letters) => Uint8Array.from({ length }, () => of.charCodeAt(next(of.length)))
    const wide = () => String.fromCodePoint(...[0x4e00, 0x4e00, 0x20000].map((first) => first + next(0x5000)))
    const mark = kind === 'prefixed' ? prefixes[canary % 7] : ''
    const quads = 4 * Math.max(3, (size - mark.length) >> 2)
    if (kind === 'base64') return some(quads, base64).with(-2, some(1, lasts)[0]).with(-1, 61)
    if (kind === 'hex' || mark) return utf8.encode(mark + hex(some(mark ? quads / 2 : Math.max(1, size >> 1))))
    if (kind === 'binary') return Uint8Array.from({ length: Math.max(2, size) }, () => next(255) + 1).with(0, 255)
    const groups = kind === 'wide' ? Array.from({ length: size / 10 }, wide).join('') : ''
    const [before, inside, after] = (marks[kind] ?? [groups, '', '']).map((text) => utf8.encode(text))
    const room = kind === 'empty' ? 0 : Math.max(0, size - before.length - inside.length - after.length)
    return Uint8Array.from([...before, ...some(room >> 1), ...inside, ...some(room - (room >> 1)), ...after])
  }
  const digits = (pin) => ((BigInt(pin + 1) * 387420489727n) % 899999999999n) + 100000000000n
  const secret = (bytes) => (adapter.description.values === 'text' ? new TextDecoder().decode(bytes) : bytes)
  const digest = async (value) => {
    const bytes = typeof value === 'string' ? utf8.encode(value) : Uint8Array.from(value)
    return { sha256: hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))), size: bytes.length }
  }
  const invoke = async (call) => {
    if (!adapter.description.operations.includes(call.op)) return { fail: { code: 'unsupported' } }
    if (call.value !== undefined) call.value = secret(made(call.value))
    for (const key of ['pin', 'next']) if (call[key]) call[key] = secret(utf8.encode(String(digits(call[key].pin))))
    const answer = await vault.invoke(call)
    if (answer.is !== 'ok') return answer.is === 'fail' ? { fail: answer.failure } : { native: answer.native }
    return { ok: call.op === 'get' ? await digest(answer.value) : (answer.value ?? null) }
  }
  const take = async (line) => {
    const { id, hello, begin, hold, ...call } = JSON.parse(line)
    if (hello) return say({ hello: { protocol: 1, description: { ...adapter.description, secrets: 'recipes' } } })
    if (begin) vault = adapter.open(begin.namespace)
    if (begin || hold !== undefined) return say({ id, ok: null })
    const thrown = (error) => ({ native: { domain: 'javascript', type: error?.name ?? null } })
    say({ id, ...(await invoke(call).catch(thrown)) })
  }
  const exchange = async (lines, waitMs) => {
    if (waiting.push(...lines) > 0 && adapter !== null) waiting.splice(0).map(take)
    await new Promise((go) => turns.push(go) && setTimeout(go, said.length === 0 ? waitMs : 0))
    return said.splice(0)
  }
  return { version: 1, serve: (given) => ([adapter] = [given]), exchange }
})()
