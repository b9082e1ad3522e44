import { bus, type Connection, DBusError } from './connection.ts'
import type { DBusValue } from './wire.ts'

const destination = 'org.freedesktop.secrets'
const root = '/org/freedesktop/secrets'
const service = { destination, path: root, interface: 'org.freedesktop.Secret.Service' } as const
const nothing = '/'

/** An object of the Secret Service by its path. */
export type ItemPath = string
export type Attributes = Readonly<Record<string, string>>

const pairs = (attributes: Attributes): DBusValue => Object.entries(attributes)
const texts = (value: DBusValue | undefined): readonly string[] => (Array.isArray(value) ? value.map(String) : [])
const property = async (on: Connection, path: string, of: string, name: string): Promise<DBusValue> => {
  const call = { destination, path, interface: 'org.freedesktop.DBus.Properties', member: 'Get' }
  const [held] = await on.call({ ...call, signature: 'ss', body: [of, name] })
  return typeof held === 'object' && 'value' in held ? held.value : ''
}

/** The unique name of whoever serves it now, which changes with each start; null where nobody does. */
export async function owner(on: Connection): Promise<string | null> {
  try {
    const [name] = await on.call({ ...bus, member: 'GetNameOwner', signature: 's', body: [destination] })
    return String(name)
  } catch (error) {
    if (error instanceof DBusError && error.dbusName === 'org.freedesktop.DBus.Error.NameHasNoOwner') return null
    throw error
  }
}

/** Has the bus start the service, as the desktop does at first use. False where the bus knows of none. */
export async function start(on: Connection): Promise<boolean> {
  try {
    await on.call({ ...bus, member: 'StartServiceByName', signature: 'su', body: [destination, 0] })
    return true
  } catch (error) {
    if (error instanceof DBusError) return false
    throw error
  }
}

/** Whether the bus could start the service. */
export async function startable(on: Connection): Promise<boolean> {
  const [names] = await on.call({ ...bus, member: 'ListActivatableNames' })
  return texts(names).includes(destination)
}

/** Path of the collection that new items go to; null where there is none. */
export async function defaultCollection(on: Connection): Promise<string | null> {
  const [path] = await on.call({ ...service, member: 'ReadAlias', signature: 's', body: ['default'] })
  return path === nothing || path === undefined ? null : String(path)
}

export async function isLocked(on: Connection, collection: string): Promise<boolean> {
  return (await property(on, collection, 'org.freedesktop.Secret.Collection', 'Locked')) === true
}

/** Items with these attributes among theirs. Reads no secret. No attributes: all items. */
export async function search(
  on: Connection,
  attributes: Attributes,
): Promise<{ readonly unlocked: readonly ItemPath[]; readonly locked: readonly ItemPath[] }> {
  const [unlocked, locked] = await on.call({
    ...service,
    member: 'SearchItems',
    signature: 'a{ss}',
    body: [pairs(attributes)],
  })
  return { unlocked: texts(unlocked), locked: texts(locked) }
}

/** Attributes are not secret: the specification keeps them in the clear. */
export async function attributesOf(on: Connection, item: ItemPath): Promise<Attributes> {
  const held = await property(on, item, 'org.freedesktop.Secret.Item', 'Attributes')
  const read: [string, string][] = []
  for (const pair of Array.isArray(held) ? held : [])
    if (Array.isArray(pair)) read.push([String(pair[0]), String(pair[1])])
  return Object.fromEntries(read)
}

/** What a person reads in a list of items: not secret either. */
export async function labelOf(on: Connection, item: ItemPath): Promise<string> {
  return String(await property(on, item, 'org.freedesktop.Secret.Item', 'Label'))
}

/** Locks a collection. */
export async function lock(on: Connection, collection: string): Promise<void> {
  await on.call({ ...service, member: 'Lock', signature: 'ao', body: [[collection]] })
}

/** A session that carries secrets as they are: for values of our own making, on a bus that is local. */
export async function openSession(on: Connection): Promise<string> {
  const [, path] = await on.call({
    ...service,
    member: 'OpenSession',
    signature: 'sv',
    body: ['plain', { signature: 's', value: '' }],
  })
  return String(path)
}

/**
 * Creates an item, or replaces one of the same attributes, unless `beside` says that there may be several. Null where the
 * service would prompt first.
 */
export async function createItem(
  on: Connection,
  session: string,
  collection: string,
  item: {
    readonly label: string
    readonly attributes: Attributes
    readonly secret: Uint8Array
    readonly beside?: boolean
  },
): Promise<ItemPath | null> {
  const properties = [
    ['org.freedesktop.Secret.Item.Label', { signature: 's', value: item.label }],
    ['org.freedesktop.Secret.Item.Attributes', { signature: 'a{ss}', value: pairs(item.attributes) }],
  ] as const
  const [path] = await on.call({
    destination,
    path: collection,
    interface: 'org.freedesktop.Secret.Collection',
    member: 'CreateItem',
    signature: 'a{sv}(oayays)b',
    body: [properties, [session, new Uint8Array(), item.secret, 'text/plain'], item.beside !== true],
  })
  return path === nothing || path === undefined ? null : String(path)
}

/** @throws DBusError of the name `isLockedError` where the item is locked. */
export async function readSecret(on: Connection, session: string, item: ItemPath): Promise<Uint8Array> {
  const [secret] = await on.call({
    destination,
    path: item,
    interface: 'org.freedesktop.Secret.Item',
    member: 'GetSecret',
    signature: 'o',
    body: [session],
  })
  const value = Array.isArray(secret) ? secret[2] : undefined
  return value instanceof Uint8Array ? value : new Uint8Array()
}
export const isLockedError = 'org.freedesktop.Secret.Error.IsLocked'
/** What an item that was deleted answers to whoever still has its path. */
export const isGoneError = (name: string): boolean =>
  name === 'org.freedesktop.Secret.Error.NoSuchObject' ||
  name === 'org.freedesktop.DBus.Error.UnknownObject' ||
  name === 'org.freedesktop.DBus.Error.UnknownMethod'

/** Replaces the secret of one item. */
export async function writeSecret(on: Connection, session: string, item: ItemPath, secret: Uint8Array): Promise<void> {
  await on.call({
    destination,
    path: item,
    interface: 'org.freedesktop.Secret.Item',
    member: 'SetSecret',
    signature: '(oayays)',
    body: [[session, new Uint8Array(), secret, 'text/plain']],
  })
}

/** When an item was last changed, in seconds since 1970. */
export async function modifiedAt(on: Connection, item: ItemPath): Promise<number> {
  return Number(await property(on, item, 'org.freedesktop.Secret.Item', 'Modified'))
}

/** Removes an item; false where the service would prompt first. */
export async function deleteItem(on: Connection, item: ItemPath): Promise<boolean> {
  const [prompt] = await on.call({
    destination,
    path: item,
    interface: 'org.freedesktop.Secret.Item',
    member: 'Delete',
  })
  return prompt === nothing
}

/** How an unlock prompt ended. `pending`: nobody had answered when the wait was over. */
export type PromptEnd = 'none' | 'dismissed' | 'answered' | 'pending'

/** Asks to unlock something and shows the prompt, if there is one, for at most that long: then it is taken down. */
export async function promptToUnlock(on: Connection, path: string, waitMs: number): Promise<PromptEnd> {
  const [, prompt] = await on.call({ ...service, member: 'Unlock', signature: 'ao', body: [[path]] })
  if (prompt === nothing || prompt === undefined) return 'none'
  const completed = new Promise<PromptEnd>((resolve) => {
    on.listen((message) => {
      if (message.member === 'Completed' && message.path === prompt)
        resolve(message.body[0] === true ? 'dismissed' : 'answered')
    })
  })
  const rule = "type='signal',interface='org.freedesktop.Secret.Prompt',member='Completed'"
  await on.call({ ...bus, member: 'AddMatch', signature: 's', body: [rule] })
  await on.call({
    destination,
    path: String(prompt),
    interface: 'org.freedesktop.Secret.Prompt',
    member: 'Prompt',
    signature: 's',
    body: [''],
  })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<PromptEnd>((resolve) => {
    timer = setTimeout(resolve, waitMs, 'pending')
  })
  try {
    const end = await Promise.race([completed, late])
    if (end === 'pending')
      await on.call({
        destination,
        path: String(prompt),
        interface: 'org.freedesktop.Secret.Prompt',
        member: 'Dismiss',
      })
    return end
  } finally {
    clearTimeout(timer)
  }
}
