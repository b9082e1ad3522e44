/** The command line or a configuration is wrong: one sentence with what, where and what to do. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
