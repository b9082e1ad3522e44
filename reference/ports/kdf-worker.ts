import { parentPort } from 'node:worker_threads'

// One key derivation, in a thread that is ended after it. Its WebAssembly memory goes back to the system with it, but
// neither pages of a script engine's heap, which its next thread gets as they are, nor what the C library allocated. So
// in this thread hash-wasm works in arrays that are known here, and are zeroed.

/** What is asked of the thread: secrets lie in the shared bytes alone, password, salt and then room for the key. */
export interface Derivation {
  readonly shared: SharedArrayBuffer
  readonly passwordSize: number
  readonly saltSize: number
  readonly memoryKiB: number
  readonly iterations: number
  readonly parallelism: number
  readonly length: number
}

const port = parentPort
if (port === null) throw new Error('kdf-worker.ts is started by worker-kdf.ts alone')

const made: Uint8Array[] = []
const Bytes = Uint8Array
globalThis.Uint8Array = new Proxy(Bytes, {
  construct(target, given: [], newTarget) {
    const [size] = given as readonly unknown[]
    if (typeof size !== 'number') return Reflect.construct(target, given, newTarget)
    // Never in the heap, where small ones would be.
    const array = Reflect.construct(target, [new ArrayBuffer(size)], newTarget)
    made.push(array)
    return array
  },
})
// A slice is made by its array's constructor.
Object.defineProperty(Bytes.prototype, 'constructor', { value: globalThis.Uint8Array })
// The last block in hexadecimal, which hash-wasm reads once and by its characters: no string is made of it.
Object.defineProperty(String.fromCharCode, 'apply', {
  value: (_: unknown, codes: Uint8Array) => ({ length: codes.length, charCodeAt: (at: number) => codes[at] }),
})

/** Ready when hash-wasm is there and compiled, by the least derivation that there is. */
const ready = import('hash-wasm').then(async ({ argon2id }) => {
  const nothing = new Uint8Array(8)
  const least = { memorySize: 8, iterations: 1, parallelism: 1, hashLength: 4 }
  await argon2id({ password: nothing, salt: nothing, ...least, outputType: 'binary' })
  return argon2id
})

// Listening keeps the thread from ending, while it compiles too.
port.on('message', async ({ shared, passwordSize, saltSize, length, ...cost }: Derivation) => {
  try {
    const argon2id = await ready
    const key = await argon2id({
      password: new Uint8Array(shared, 0, passwordSize),
      salt: new Uint8Array(shared, passwordSize, saltSize),
      memorySize: cost.memoryKiB,
      iterations: cost.iterations,
      parallelism: cost.parallelism,
      hashLength: length,
      outputType: 'binary',
    })
    new Uint8Array(shared, passwordSize + saltSize, length).set(key)
    new Uint8Array(shared, 0, passwordSize).fill(0)
  } finally {
    for (const array of made) array.fill(0)
  }
  port.postMessage('derived')
})
