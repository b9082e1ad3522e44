/** How long a run waits for what may never come. Milliseconds. */
export interface Patience {
  /** For a handshake, and for a fresh place at each program: a busy machine may take long to start an interpreter. */
  readonly handshakeMs: number
  /** For one call, where hanging cannot be known exactly. */
  readonly callMs: number
  /** For a sign of life: a thread that gives none for this long is held by an endless loop. */
  readonly silenceMs: number
  /** For interrupted targets to release what they hold, after what is under way: a calibration in a container takes long. */
  readonly farewellMs: number
}

export const usualPatience: Patience = { handshakeMs: 30_000, callMs: 8000, silenceMs: 15_000, farewellMs: 45_000 }

/** An emulated processor takes ten times as long: node starts in seconds there, and so does each process that a call needs. */
const withEmulated: Patience = { ...usualPatience, handshakeMs: 180_000, callMs: 60_000 }

/** How long to wait for what runs on a device of this name. */
export const patienceOf = (device: string): Patience => (device.startsWith('linux-vm') ? withEmulated : usualPatience)
