// The page of the virtual phone's app: it calls the plugin on the native side, as the page of any app of this kind does.
const native = async (method, argument) => {
  const response = await fetch(`native/${method}`, { method: 'POST', body: JSON.stringify(argument) })
  const { value, error } = await response.json()
  if (error !== undefined) throw new Error(error)
  return value
}
const base64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
const outward = (secret) => (secret instanceof Uint8Array ? { bytes: base64(secret) } : { text: secret })
const inward = (value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return value.bytes === undefined ? value.text : bytes(value.bytes)
}
const show = (id, text) => {
  document.getElementById(id).textContent = text
}

const open = (namespace) => {
  const opened = native('open', { namespace })
  return {
    async invoke(call) {
      await opened
      const sent = { ...call }
      for (const key of ['value', 'pin', 'next']) if (sent[key] !== undefined) sent[key] = outward(sent[key])
      show('last', `${call.op} …`)
      const answer = await native('invoke', sent)
      show('last', `${call.op}: ${answer.is === 'fail' ? answer.failure.code : answer.is}`)
      return answer.is === 'ok' ? { is: 'ok', value: inward(answer.value) } : answer
    },
  }
}

addEventListener('load', async () => {
  const description = await native('describe', null)
  show('name', description.name)
  globalThis.holdfast.serve({ description, open })
})
