import { z } from 'zod'
import { type AppPlatform, appPlatforms } from '../../harness/contract/capabilities.ts'

export type TauriPlatform = AppPlatform

/** Entries of a vault that a grant is about, by a glob of their names. */
const scopeEntrySchema = z.union([z.string(), z.looseObject({ name: z.string() }).transform(({ name }) => name)])
const permissionSchema = z.union([
  z.string().transform((identifier) => ({ identifier, allow: [], deny: [] })),
  z.object({
    identifier: z.string(),
    allow: z.array(z.unknown()).default([]),
    deny: z.array(z.unknown()).default([]),
  }),
])

/**
 * A capability as Tauri v2 has it (tauri.app, "Capability"): permissions for windows and webviews by their labels. Fields
 * that Tauri does not know are kept, for the lint: one that was misspelt grants or restricts nothing.
 */
export const capabilitySchema = z.looseObject({
  $schema: z.string().optional(),
  identifier: z.string().min(1),
  description: z.string().optional(),
  /** Whether it holds for the app's own pages. */
  local: z.boolean().default(true),
  /** Pages from elsewhere that it holds for, too. */
  remote: z.strictObject({ urls: z.array(z.string()) }).optional(),
  windows: z.array(z.string()).default([]),
  webviews: z.array(z.string()).default([]),
  permissions: z.array(permissionSchema),
  platforms: z.array(z.enum(appPlatforms)).optional(),
})
export type Capability = Readonly<z.infer<typeof capabilitySchema>>

/** Globs of entries; null where something in it is no scope of a vault. */
export function entryScope(scope: readonly unknown[]): readonly string[] | null {
  const read = z.array(scopeEntrySchema).safeParse(scope)
  return read.success ? read.data : null
}
