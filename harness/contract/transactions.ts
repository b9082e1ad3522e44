import { z } from 'zod'

/** Transactions that programs use are numbered below this: one digit, so that no id is part of another. */
export const transactionNumbers = 10

/**
 * A transaction as a recipe: programs and histories hold this. `transaction` is its number, which makes its id; two of one
 * number and another `amount` are the same transaction, told otherwise the second time.
 */
export const transactionRefSchema = z.strictObject({
  transaction: z
    .number()
    .int()
    .nonnegative()
    .max(transactionNumbers - 1),
  amount: z.number().int().nonnegative().max(99),
})
export type TransactionRef = Readonly<z.infer<typeof transactionRefSchema>>

/** What a person approves. `id` is its own, and used once. */
export interface SignedContent {
  readonly id: string
  /** What is to be done, field by field. */
  readonly fields: Readonly<Record<string, string>>
}

const prefix = 'transfer-'
export const transactionId = (number: number): string => `${prefix}${number}`

export const transactionOf = ({
  transaction,
  amount,
}: TransactionRef): SignedContent & { readonly fields: { readonly amount: string } } => ({
  id: transactionId(transaction),
  fields: { amount: `1${String(amount).padStart(2, '0')}.00`, to: 'account b' },
})

/** The numbers of the transactions that a text names by their ids, each as often as it does. */
export const transactionsIn = (text: string): readonly number[] =>
  [...text.matchAll(/transfer-(\d)(?!\d)/g)].map(([, digit]) => Number(digit))

/**
 * A signed text that the vault gave for the transaction of this number, as programs name it; `altered` after somebody
 * changed a character of it.
 */
export const signedRefSchema = z.strictObject({
  transaction: z
    .number()
    .int()
    .nonnegative()
    .max(transactionNumbers - 1),
  how: z.enum(['as-given', 'altered']),
})
export type SignedRef = Readonly<z.infer<typeof signedRefSchema>>
