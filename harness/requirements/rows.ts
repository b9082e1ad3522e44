import { exclusions } from './exclusions.ts'
import { requirements } from './index.ts'
import type { Row } from './requirement.ts'

/** Every row of the catalogue by id, whether a check decides it or not. */
export const rows: readonly Row[] = [...requirements, ...exclusions].toSorted((a, b) => (a.id < b.id ? -1 : 1))
