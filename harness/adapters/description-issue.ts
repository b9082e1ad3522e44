import type { z } from 'zod'

/** What is wrong with a description, and where: `description.profiles.0: Invalid option: expected one of ...`. */
export function descriptionIssue(error: z.ZodError): string {
  const [issue] = error.issues
  const where = ['description', ...(issue?.path ?? [])].join('.')
  return `${where}: ${issue?.message ?? 'not a description'}`
}
