/** The part of fs-native-extensions that the vault uses; the package brings no types. */
declare module 'fs-native-extensions' {
  /** `tryLock` locks the whole file for whoever opened it so, until it is closed. False where somebody else has it. */
  const extensions: { tryLock(fd: number): boolean }
  export default extensions
}
