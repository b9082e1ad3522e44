import { type Connection, connect } from '../../harness/dbus/connection.ts'
import { attributesOf, deleteItem, type ItemPath, labelOf, owner, search } from '../../harness/dbus/secret-service.ts'

/** Whether an attribute names something under this namespace: `run-1` holds `run-1/a` and `run-1-7`, not `run-10`. */
const isUnder = (namespace: string, value: string): boolean =>
  value.startsWith(namespace) && !/^[A-Za-z0-9]/.test(value.slice(namespace.length))

async function itemsUnder(on: Connection, namespace: string): Promise<readonly ItemPath[]> {
  const { unlocked, locked } = await search(on, {})
  const found: ItemPath[] = []
  for (const item of [...unlocked, ...locked])
    if (Object.values(await attributesOf(on, item)).some((value) => isUnder(namespace, value))) found.push(item)
  return found
}

/** Counts the keyring's items that any vault left under a namespace; null where no keyring answers. */
export async function countItems(socket: string, namespace: string): Promise<number | null> {
  using on = await connect(socket)
  return (await owner(on)) === null ? null : (await itemsUnder(on, namespace)).length
}

/** What stands in the clear beside their secrets: labels and attributes. Empty where no keyring answers. */
export async function shownOfItems(socket: string, namespace: string): Promise<string> {
  using on = await connect(socket)
  if ((await owner(on)) === null) return ''
  const shown: string[] = []
  for (const item of await itemsUnder(on, namespace)) {
    const attributes = await attributesOf(on, item)
    shown.push(await labelOf(on, item), ...Object.entries(attributes).flat())
  }
  return shown.join('\n')
}

/** Deletes them. What is locked stays: deleting it would prompt. */
export async function deleteItems(socket: string, namespace: string): Promise<void> {
  using on = await connect(socket)
  if ((await owner(on)) === null) return
  for (const item of await itemsUnder(on, namespace)) await deleteItem(on, item)
}
