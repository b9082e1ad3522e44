/**
 * For calls of node:crypto that are given a key as bytes. Node 24 finds out that it is bytes by catching an exception,
 * twice a call, and four fifths of what that takes goes into stack traces that nobody reads: meanwhile there are none.
 * A key object would be as fast, but keeps a copy of the key outside locked memory.
 */
export function withByteKey<T>(call: () => T): T {
  const limit = Error.stackTraceLimit
  // Does nothing where an app has frozen Error.
  Reflect.set(Error, 'stackTraceLimit', 0)
  try {
    return call()
  } finally {
    Reflect.set(Error, 'stackTraceLimit', limit)
  }
}
