/** The part of sodium-native that the vault uses; the package brings no types. */
declare module 'sodium-native' {
  interface Sodium {
    /** Memory that is locked against swapping, kept out of core dumps and fenced by guard pages. Zeroed when freed. */
    sodium_malloc(size: number): Buffer
    sodium_free(buffer: Buffer): void
    sodium_memzero(buffer: Uint8Array): void
  }
  const sodium: Sodium
  export default sodium
}
