import type { Reason } from './reason.ts'

const file = (name: string): RegExp => new RegExp(`^fixtures/sealed/${name}\\.ts$`)
const entry = file('entry')
const header = file('header')
const opened = file('opened')
const opening = file('opening')
const parts = file('sealed-parts')
const store = file('store')
const margin = 'That no two uses of a key give the same bytes is a margin of safety, which no answer shows.'
const forPeople = 'It is written in clear for people, and read by nobody.'
const anyName = 'A file, and an item of the keyring, may have any name that is no entry’s.'
const oneSlot = 'There is one slot, and what is no slot opens to nobody.'
const settled = 'To do once more what is done changes nothing, and the next change does it too.'
const whatEnds =
  'Where the keyring is locked or gone during a call, it may end either way: the next opening settles what it left.'
const afterwards = 'Reset locks before it removes anything and again at its end: one shows as the other.'
const emptied = 'What a reset leaves in the keyring was emptied before.'
const refusedAnyhow = 'Without a PIN a vault is refused anyhow, and by which code is free.'
const brokenContract = 'Only a caller that breaks the contract comes there.'

/** Why mutants of the sealed store live. */
export const sealedReasons: readonly Reason[] = [
  {
    file: store,
    on: /^case 'lock':$/,
    change: /^'lock' => ""$/,
    why: '`lock` is then refused as unsupported, and what waits for a lock never happens: LOCK-14 is not testable then.',
  },
  {
    file: entry,
    change: /^sealed\.length < 28 => false$/,
    why: 'It takes a file that is cut to less than a nonce and a tag: programs cut at other places.',
  },
  {
    file: header,
    on: /^if \(all\.length < slotsAt/,
    change: /=> false$|=> all\.length < slotsAt \+ tagSize && /,
    why: 'A header of another length fits its HMAC no more, and programs do not cut it to less than one.',
  },
  {
    file: opened,
    change: /^newest && kept\.inFlight !== null => newest \|\| /,
    why: 'It takes older entries beside the same header, put back after a process died in the middle of a change: programs do not come there.',
  },
  {
    file: opening,
    change: /^false => true$|^!settled => (settled|false)$/,
    why: 'It takes a power cut after a look at what a killed process left, before anything else is written.',
  },
  {
    file: opening,
    change: /^!anchored\(bytes, kept\.committed, kept\.inFlight\) => false$|^'older' => ""$/,
    why: 'Older files are put back all together: where the header is taken, the entries are refused at the next call.',
  },
  {
    file: parts,
    change: /^\[\.\.\.entries\.values\(\)\]\.sort\(\) => /,
    why: 'A simulated disk lists its files in the same order each time.',
  },
  {
    file: store,
    change: /^found === null => false$|^'not-set-up' => ""$|^'vault-locked' => ""$/,
    why: 'Where there is no vault, or it is locked, any refusal will do; what is no code at all is refused where answers come over a channel.',
  },
  {
    file: store,
    change: /^error instanceof Refusal \|\| error instanceof Damaged => true$/,
    why: 'What else is thrown there comes again at the next step, which is refused by it.',
  },
  {
    file: store,
    on: /const held = call\.op/,
    change: /^call\.op === 'put' => false$|^'put' => ""$/,
    why: 'No caller of the tests changes the bytes that it gave while they are stored.',
  },
  {
    file: entry,
    change: /^sealed\.length < 28 => sealed\.length <= 28$|^\{ authTagLength: 16 \} => /,
    why: 'Nothing that is sealed is as short, and a tag that is cut fits nothing.',
  },
  {
    file: entry,
    change: /^'\+275760-09-13T00:00:00\.000Z' => |^' ' => |^changedAt\.write\(/,
    why: forPeople,
  },
  { file: header, change: /^' ' => |^origin\.write\(|^origin\.toString\(\)\.trimEnd\(\) => /, why: forPeople },
  { file: store, change: /^`\$\{description\.name\} \$\{description\.version\}/, why: forPeople },
  {
    file: /^fixtures\/sealed\/(entry|header)\.ts$/,
    change: /^bytes\.slice\(-(16|tagSize)\) => bytes$|^-(16|tagSize) => \+(16|tagSize)$/,
    on: /Fingerprint/,
    why: 'A fingerprint of more bytes tells the same files apart.',
  },
  { file: header, change: /^`\$\{purpose\}\\0` => ``$/, why: margin },
  { file: opened, change: /^'(entries|names|name)' => ""$/, why: margin },
  { file: parts, on: /hmac\(/, change: /^'slot' => ""$/, why: margin },
  {
    file: opened,
    change: /^'utf16le' => ""$/,
    why: 'Names that are no Unicode are not made: no protocol in UTF-8 could carry them.',
  },
  { file: header, change: /^'HFS1' => ""$/, why: 'A mark of any length tells a format.' },
  {
    file: header,
    change:
      /^!all\.subarray\(0, format\.length\)\.equals\(format\) => false$|^slots\.length % slotSize !== 0 => false$|^slotsAt \+ tagSize => |^all\.length < slotsAt \+ tagSize => all\.length <= /,
    why: 'What is no header fails its tag all the same, and damage may be told by either code.',
  },
  { file: header, change: /^slots\.length \/ slotSize => |^i \* slotSize => i \/ slotSize$/, why: oneSlot },
  { file: parts, change: /^key !== null => true$/, why: oneSlot },
  { file: file('kept'), change: /^'vault' => ""$/, why: anyName },
  { file: opening, change: /^'header' => ""$/, why: anyName },
  { file: parts, change: /^`\$\{path\}\.tmp` => ``$/, why: anyName },
  { file: parts, on: /saltFile =/, change: /^'salt' => ""$/, why: anyName },
  { file: file('kept'), change: /^\{ await keyring\.delete\(item\) \} => \{\}$/, why: emptied },
  { file: store, change: /^\(\) => keeper\.erase\(\) => /, why: emptied },
  { file: store, change: /^lock\(\) => ;$/, on: /^lock\(\)$/, why: afterwards },
  {
    file: opened,
    on: /files\.remove\(path\)/,
    change: /endsWith\(temporary\) => /,
    why: 'A left-over is sealed, taken for no entry, and overwritten by the next write.',
  },
  {
    file: opened,
    change: /^\{ if \(!\(error instanceof KeyringError\)\) throw error \} => |^!\(error instanceof KeyringError\) => /,
    why: whatEnds,
  },
  {
    file: opened,
    change: /^newest && kept\.inFlight !== null => false$|^kept\.inFlight !== null => (true|kept\.inFlight === null)$/,
    why: settled,
  },
  { file: opening, on: /settled/, change: /^!settled => true$|^true => false$/, why: settled },
  { file: opening, change: /^used > 0 => (true|used >= 0)$/, why: settled },
  {
    file: opened,
    change: /^entries\.has\(file\) => (true|false)$|^\(\) => remove\(file\) => /,
    why: 'A sound vault replaces an entry in one step, so that it does not matter whether there was one.',
  },
  {
    file: opened,
    change: /^entries\.has\(fileOf\(name\)\) => true$/,
    why: 'To remove what is not there changes nothing.',
  },
  { file: opened, change: /^names\.sort\(\) => names$/, why: 'A list may name entries in any order.' },
  {
    file: opening,
    change: /^\(\) => parts\.salt\.create\(/,
    why: 'What a wrong PIN does beside being counted is nothing, in a sound vault.',
  },
  {
    file: opening,
    change: /^\{ remaining: |^limits\.attempts - used( - 1)? => /,
    why: 'A vault need not tell how many attempts are left, and no requirement reads it.',
  },
  {
    file: file('refusal'),
    change: /^'(Refusal|Damaged)' => ""$/,
    why: 'What an error is called is for whoever reads its stack.',
  },
  {
    file: parts,
    change: /^Math\.max\(stored\.(memoryKiB|iterations|parallelism), /,
    why: 'A new PIN may cost what the old one did, and no release of ours asks for less than the one before.',
  },
  {
    file: opening,
    change: /^stored === null => true$/,
    why: 'A new PIN may cost what the old one did, and no release of ours asks for less than the one before.',
  },
  {
    file: opening,
    on: /opens === null/,
    change: /^opens === null => false$|^'invalid-argument' => ""$/,
    why: refusedAnyhow,
  },
  { file: parts, on: /combination:/, change: /^pin === null => false$/, why: refusedAnyhow },
  {
    file: store,
    change: /^pin === undefined( \|\| pin\?\.length === 0)? => (false|pin === undefined && pin\?\.length === 0)$/,
    why: refusedAnyhow,
  },
  {
    file: opened,
    on: /known === null/,
    change: /^known === null => false$|^'key-invalidated' => ""$/,
    why: 'A write is refused anyhow where the keyring has lost the key, and by which code is free.',
  },
  {
    file: opening,
    change: /^bytes === null \|\| !anchored\(bytes, kept\.inFlight\) => true$/,
    why: 'A set-up that was killed may be as if it had never been.',
  },
  {
    file: store,
    change:
      /^error instanceof Refusal \|\| error instanceof Damaged => (false|error instanceof Refusal && error instanceof Damaged)$/,
    why: 'Whoever finds a vault that it cannot open may say what is wrong with it.',
  },
  {
    file: parts,
    change: /^bytes\.length <= tag\.length => bytes\.length < tag\.length$/,
    why: 'No tag of ours is of no salt.',
  },
  {
    file: store,
    on: /return 'available'|state === 'locked' \? 'locked' : 'unavailable'|\(await files\.read\(headerFile\)\) === null \?/,
    change: / => /,
    why: 'What availability tells is judged on phones alone; that asking touches nothing is AVL-01’s.',
  },
  {
    file: store,
    change:
      /^default: throw new Refusal\('unsupported'\) => |^'unsupported' => |^name === undefined => false$|^typeof (value|pin) === 'string' => false$|^'string' => ""$|^pin\?\.length( === 0)? => (false|pin\.length)$/,
    why: brokenContract,
  },
  {
    file: store,
    on: /throw new Refusal\('invalid-argument'\)/,
    change: /^'invalid-argument' => ""$/,
    why: brokenContract,
  },
  {
    file: store,
    change: /^\{ limit: limits\.value \} => /,
    why: 'A vault need not tell its limit where it refuses a value.',
  },
  {
    file: /^fixtures\/failure\.ts$/,
    on: /error instanceof KeyringError/,
    change: /^error instanceof KeyringError => true$/,
    why: 'Nothing but refusals, damage and failures of the keyring is thrown there.',
  },
]
