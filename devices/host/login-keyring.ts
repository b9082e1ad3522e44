import { connect, DBusError, sessionAddress } from '../../harness/dbus/connection.ts'
import { owner, startable } from '../../harness/dbus/secret-service.ts'

/** The device was asked for something that a person has to allow, or that this machine cannot give. */
export class HostRefusal extends Error {
  override readonly name = 'HostRefusal'
}

/**
 * Where the login keyring of a person is: the socket of its bus on Linux, `system` where the system itself keeps it,
 * null where this environment has none. Starts nothing and reads nothing.
 */
export async function loginKeyring(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): Promise<{ readonly socket: string | null; readonly kind: 'secret-service' | 'system' } | null> {
  if (platform === 'darwin' || platform === 'win32') return { socket: null, kind: 'system' }
  const socket = sessionAddress(environment)
  try {
    using on = await connect(socket)
    const there = (await owner(on)) !== null || (await startable(on))
    return there && socket !== null ? { socket, kind: 'secret-service' } : null
  } catch (error) {
    if (error instanceof DBusError) return null
    throw error
  }
}

/** @throws HostRefusal where a person's keyring would be used and nobody said that it may be. */
export function refuseUnlessAllowed(found: Awaited<ReturnType<typeof loginKeyring>>, allowed: boolean): void {
  if (found === null || allowed) return
  throw new HostRefusal(
    "Device 'host' would keep entries in the login keyring of the person who is logged in here: " +
      'pass --allow-login-keyring to allow that (entries go under a namespace of the run and are deleted after it).',
  )
}
