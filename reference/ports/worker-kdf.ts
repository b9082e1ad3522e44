import { pbkdf2 } from 'node:crypto'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import type { Argon2idInput, Kdf } from '../../harness/contract/platforms/desktop.ts'
import type { Derivation } from './kdf-worker.ts'

/** A thread that was started ahead of its use. One for the process, however many vaults it has. */
let idle: Worker | null = null

/** A thread that waits keeps no process from ending; one that breaks while it waits is only dropped. */
function start(): Worker {
  const worker = new Worker(new URL('./kdf-worker.ts', import.meta.url), { execArgv: [] })
  worker.unref()
  const drop = () => {
    if (idle === worker) idle = null
  }
  worker.on('error', drop).on('exit', drop)
  return worker
}

/**
 * Argon2id by hash-wasm, in a thread of its own that has ended when the key is here: what the derivation worked with is
 * given back to the system, and this thread is free meanwhile. What is passed on the way is zeroed.
 */
export const workerKdf: Kdf = {
  prepare() {
    idle ??= start()
  },
  async argon2id(input) {
    const worker = idle ?? start()
    idle = null
    worker.ref()
    try {
      return await derive(worker, input)
    } finally {
      await worker.terminate()
    }
  },
  // By Node's own module, in a thread of its pool: what it works with there is OpenSSL's to clean.
  async pbkdf2({ password, salt, digest, iterations, length }) {
    const derived = await promisify(pbkdf2)(password, salt, iterations, length, digest)
    // Memory of its own: small typed arrays lie in a pool that others share.
    const key = new Uint8Array(new ArrayBuffer(length))
    key.set(derived)
    derived.fill(0)
    return key
  },
}

async function derive(worker: Worker, input: Argon2idInput): Promise<Uint8Array> {
  const { password, salt, length, ...cost } = input
  const shared = new SharedArrayBuffer(password.length + salt.length + length)
  const bytes = new Uint8Array(shared)
  bytes.set(password)
  bytes.set(salt, password.length)
  const asked: Derivation = { shared, passwordSize: password.length, saltSize: salt.length, length, ...cost }
  try {
    const derived = once(worker, 'message')
    const ended = new Promise<never>((_, reject) => {
      worker.once('exit', (code) => reject(new Error(`the key derivation's thread ended with ${code}`)))
    })
    worker.postMessage(asked)
    await Promise.race([derived, ended])
    // Memory of its own: small typed arrays live in the script engine's heap, which copies them as it likes.
    const key = new Uint8Array(new ArrayBuffer(length))
    key.set(bytes.subarray(password.length + salt.length))
    return key
  } finally {
    bytes.fill(0)
  }
}
