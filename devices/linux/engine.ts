import type { ContainerRuntimeClient } from 'testcontainers'

/** A container engine by Docker's API: Docker, or Podman's socket where DOCKER_HOST names it. */
export type Engine = ContainerRuntimeClient['container']['dockerode']

/** Nothing answers Docker's API. The message says what to do. */
export class NoEngine extends Error {
  override readonly name = 'NoEngine'
}

/**
 * Finds the engine as testcontainers does: DOCKER_HOST, ~/.testcontainers.properties, the usual sockets.
 * Starts no container, not even testcontainers' reaper. An engine that nobody named is not taken in place of one that
 * DOCKER_HOST names and that does not answer.
 * @throws NoEngine
 */
export const connectEngine = async (): Promise<Engine> => {
  const { getContainerRuntimeClient } = await import('testcontainers')
  try {
    const { dockerode } = (await getContainerRuntimeClient()).container
    const other = otherSocket(dockerode, process.env.DOCKER_HOST)
    if (other !== null) throw new Error(`testcontainers went on to ${other}`)
    return dockerode
  } catch (cause) {
    const asked = process.env.DOCKER_HOST ? `at DOCKER_HOST=${process.env.DOCKER_HOST}` : 'at the usual sockets'
    throw new NoEngine(
      `No container engine answers ${asked}. Start Docker, or point DOCKER_HOST at an engine ` +
        '(for Podman: DOCKER_HOST=unix://$XDG_RUNTIME_DIR/podman/podman.sock).',
      { cause },
    )
  }
}

/** The socket that was found in place of the address asked for; null where it is the one, or none was asked for. */
const otherSocket = (engine: Engine, asked: string | undefined): string | null => {
  const modem: unknown = engine.modem
  if (typeof modem !== 'object' || modem === null || !('socketPath' in modem)) return null
  const { socketPath } = modem
  return asked && typeof socketPath === 'string' && !asked.endsWith(socketPath) ? socketPath : null
}

/** Whether an image of that name is there already. */
export const hasImage = async (engine: Engine, name: string): Promise<boolean> => {
  try {
    await engine.getImage(name).inspect()
    return true
  } catch (error) {
    if (statusOf(error) === 404) return false
    throw error
  }
}

/** The HTTP status of an engine's refusal; null for any other error. */
export const statusOf = (error: unknown): number | null =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : null
