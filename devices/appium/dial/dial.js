// Holdfast's way into an app without a page. Include page-bridge.js and this, call holdfast.serve as in a page, and then
// holdfast.dial(url) with the address that the app was started with: HOLDFAST_DIAL in its environment or intent.
globalThis.holdfast.dial = (url) => {
  const socket = new WebSocket(url)
  let over = false
  const tell = (lines) => {
    for (const line of lines) socket.send(line)
  }
  const exchange = async (lines) => tell(await globalThis.holdfast.exchange(lines, 1000))
  socket.onmessage = ({ data }) => exchange([data])
  socket.onclose = () => {
    over = true
  }
  socket.onopen = async () => {
    while (!over) await exchange([])
  }
  return socket
}
