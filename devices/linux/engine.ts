import type { ContainerRuntimeClient } from 'testcontainers'

/** A container engine by Docker's API: Docker, or Podman's socket where DOCKER_HOST names it. */
export type Engine = ContainerRuntimeClient['container']['dockerode']

/** Nothing answers Docker's API. The message says what to do. */
export class NoEngine extends Error {
  override readonly name = 'NoEngine'
}

/**
 * Finds the engine as testcontainers does: DOCKER_HOST, ~/.testcontainers.properties, the usual sockets.
 * Starts no container, not even testcontainers' reaper.
 * @throws NoEngine
 */
export const connectEngine = async (): Promise<Engine> => {
  const { getContainerRuntimeClient } = await import('testcontainers')
  try {
    const client = await getContainerRuntimeClient()
    return client.container.dockerode
  } catch (cause) {
    const asked = process.env.DOCKER_HOST ? `at DOCKER_HOST=${process.env.DOCKER_HOST}` : 'at the usual sockets'
    throw new NoEngine(
      `No container engine answers ${asked}. Start Docker, or point DOCKER_HOST at an engine ` +
        '(for Podman: DOCKER_HOST=unix://$XDG_RUNTIME_DIR/podman/podman.sock).',
      { cause },
    )
  }
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
