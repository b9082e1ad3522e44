import type { Command } from '../harness/contract/program.ts'
import type { Secret } from '../harness/contract/values.ts'
import { onAMap } from './on-a-map.ts'

// A Map behind JSON lines with nothing around it: no protocol, no schema. `null` stands for the next program.
let entries = new Map<string, Secret>()
let rest = ''
process.stdin.setEncoding('utf8')
process.stdin.on('data', (chunk: string) => {
  const lines = (rest + chunk).split('\n')
  rest = lines.pop() ?? ''
  for (const line of lines) {
    const command = JSON.parse(line) as Command | null
    if (command === null) entries = new Map()
    const seen = command === null ? null : onAMap(entries, command)
    process.stdout.write(
      `${JSON.stringify(seen instanceof Uint8Array ? Buffer.from(seen).toString('base64') : null)}\n`,
    )
  }
})
