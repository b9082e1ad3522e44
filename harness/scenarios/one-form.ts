import fc, { type Arbitrary } from 'fast-check'

/*
 * Generators keep one form, so that a program that came back from JSON can be shrunk again: arrays of `oneof` of
 * `record`s of numbers and constants. No `chain`, no `map`, no constant objects (a test holds this).
 */
export const record = <T>(model: { [K in keyof T]: Arbitrary<T[K]> }): Arbitrary<T> =>
  fc.record(model, { noNullPrototype: true }) as Arbitrary<T>
export const pick = <T extends string>(...values: readonly T[]): Arbitrary<T> => fc.constantFrom(...values)
