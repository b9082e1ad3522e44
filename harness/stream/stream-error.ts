/** A stream that cannot be written or read. The message is one sentence or two: what, where, what to do. */
export class StreamError extends Error {
  override readonly name = 'StreamError'
  /** What kept it from working: the place it is in (`write`, `open`), or the content (`version`, `garbage`). */
  readonly kind: 'open' | 'write' | 'read' | 'version' | 'garbage'
  constructor(kind: StreamError['kind'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the disk is read-only',
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of that path is a file, not a folder',
  EEXIST: 'a part of that path is a file, not a folder',
  EISDIR: 'that is a folder, not a file',
  EFBIG: 'the file is larger than this system allows',
  EIO: 'the disk reports a fault',
  EMFILE: 'this process has too many files open',
}

/** Why a file call failed, in words, with the system's own code for those who look it up. */
export function fileReason(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
  const words = reasons[code]
  if (words !== undefined) return `${words} (${code})`
  return thrown instanceof Error ? thrown.message : String(thrown)
}
