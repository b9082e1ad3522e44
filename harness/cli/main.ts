import { holdfast } from './dispatch.ts'
import { processShell } from './process-shell.ts'

// The program: importing this runs it.
process.exitCode = await holdfast(process.argv.slice(2), processShell())
