import type { PhoneAct, PhoneActs } from '../phone/phone-acts.ts'

type Asked<A extends PhoneAct> = Parameters<PhoneActs[A]['doing']>[0]
type Answered<A extends PhoneAct> = Awaited<ReturnType<PhoneActs[A]['doing']>>

/** The driver's way to the phone. */
export interface PhoneLink {
  /** @throws Error where the phone is gone, or cannot */
  ask<A extends PhoneAct>(act: A, ...asked: Asked<A> extends null ? [] : [Asked<A>]): Promise<Answered<A>>
}

/** @param url where the phone listens */
export const linkTo = (url: string): PhoneLink => ({
  async ask(act, ...[asked = null]) {
    const response = await fetch(`${url}/${act}`, { method: 'POST', body: JSON.stringify(asked) }).catch((cause) => {
      throw new Error(`The phone at ${url} does not answer: it is gone, or was never there.`, { cause })
    })
    const told = (await response.json()) as { readonly value?: never; readonly error?: string }
    if (told.error !== undefined) throw new Error(`The phone refused '${act}': ${told.error}`)
    return told.value as never
  },
})
