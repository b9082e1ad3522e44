import { z } from 'zod'
import { appUnderTestSchema } from './app-under-test.ts'

/** Facets of a machine that vaults of a desktop run on. */
export const machineFacets = {
  'process-death': 'killing the vault really ends it: nothing kept in its memory is there afterwards',
  'machine-restart': 'a stop and start of the machine ends every process and keeps the disk',
  'kernel-reboot': 'the restart boots a new kernel',
  'kernel-keyring-kept': 'the kernel’s keyring of a user outlives a restart of the machine',
  'power-cut': 'what was not synced is really lost',
  'keyring-present': 'a keyring answers, keeps an item and gives it back',
  'keyring-locks': 'a locked keyring refuses to give an item',
  'keyring-absent': 'the keyring service can be taken away and brought back',
  'keyring-restart': 'restarting the keyring really ends its process',
  'keyring-wiped': "the vault's items can be removed from the keyring without the vault",
  'login-opens-keyring': 'the password of a login opens the keyring, which nothing else does',
  'no-prompter': 'nobody answers an unlock prompt',
  'keyring-prompts': 'a locked keyring offers a prompt that unlocks it, and the harness decides what the person does',
  'keyring-copies': 'several items of the same attributes can be put into the keyring without the vault',
  'keyring-swapped': 'another keyring provider can take the place of the one that the vault used, and give it back',
  'wrong-password-refused': 'a wrong password leaves a locked keyring locked',
  'played-prompter': "each of the keyring's prompts is dismissed, or left without an answer, as the harness says",
  'bus-stopped': 'the session bus can be ended, and nobody on it answers afterwards',
  'home-protected': "the person's folders in the home can be made read-only, and writable again",
  'disk-filled': 'the disk of the home can be left without room, and given it back',
  'ordered-effects': 'the harness decides in which order effects complete',
  'captured-output': 'everything the vault writes to its outputs and logs is seen',
  'searched-files': 'every file that the vault can leave is searched',
  'seen-attributes': "the labels and attributes of the vault's items in the keyring are seen without the vault",
  'reachable-files': "the vault's files can be copied, put back and damaged without the vault",
  'several-processes': 'two processes of one app use the same files and the same keyring, each with its own memory',
  'app-updates': 'a newer release of the app takes the place of the older, and finds what that left',
  'observed-kdf': 'the parameters of every key derivation are seen',
  'counted-items': 'the items of a keyring can be counted without the vault',
  'file-modes': 'who may use a file of the vault is seen, when it is made and afterwards',
  'seen-processes': "the arguments and the environment of the vault's process and of those it starts are seen",
  'confirming-person': 'the app can ask the person to confirm something, and the harness decides what they do',
  'readable-memory': "the memory of the vault's process can be searched",
} as const

/** Facets of a phone. */
export const phoneFacets = {
  'enforces-access-control': 'a key or item that needs a person is not used without one',
  'enrolment-invalidates': 'a finger more ends a key that is bound to those enrolled before',
  'scripted-person': 'the harness decides what the person in front of a prompt does',
  'seen-prompts': 'every prompt is seen, and how it ended',
  'watched-main-thread':
    "it is seen whether the app's main thread waits for the person, and whether its process ends by itself",
  'first-unlock': 'from a start until it is unlocked, the phone keeps what belongs to its user closed',
  'phone-backup':
    "the app's data is backed up, restored on another phone, and left by a reinstallation, as the system does it",
  'counted-kept-items': 'what the phone keeps for the app is counted without the vault',
  'changes-language': 'the wording of native messages changes with the language',
} as const

/** What an environment really does, each proven by a probe of ours on that device, never by the vault under test. */
export const facets = { ...machineFacets, ...phoneFacets }
export type MachineFacet = keyof typeof machineFacets
export type Facet = keyof typeof facets
export const facetNames = Object.keys(facets) as [Facet, ...Facet[]]

/** `evidence` says in words what was seen, so that a reader can doubt it. */
export const facetStateSchema = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('proven'), evidence: z.string() }),
  z.strictObject({ is: z.literal('disproven'), evidence: z.string() }),
  z.strictObject({ is: z.literal('unproven'), why: z.string() }),
])
export type FacetState = Readonly<z.infer<typeof facetStateSchema>>

/**
 * F0 simulated, our own control path · F1 simulated platform behind the real drivers · F2 real platform software on
 * virtual hardware · F3 real phone, simulated user · F4 real phone or machine, real finger.
 */
export const fidelities = ['F0', 'F1', 'F2', 'F3', 'F4'] as const
export type Fidelity = (typeof fidelities)[number]

export const environmentSchema = z.strictObject({
  device: z.string(),
  fidelity: z.enum(fidelities),
  /** Software and versions found there, by name. */
  software: z.record(z.string(), z.string()),
  /** By name; those that mean nothing on this kind of device are left out. */
  facets: z.partialRecord(z.enum(facetNames), facetStateSchema),
  controls: z.array(z.string()),
  /** On a phone of one's own: the app that the vault is in. */
  app: appUnderTestSchema.optional(),
  /** Why controls that a phone could have are not there, by control. */
  lacks: z.record(z.string(), z.string()).optional(),
})
export type Environment = Readonly<z.infer<typeof environmentSchema>>
