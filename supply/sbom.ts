import manifest from '../package.json' with { type: 'json' }
import { billOfMaterials } from './bill-of-materials.ts'
import { projectLock } from './lock-file.ts'

// npm run --silent sbom > sbom.json
process.stdout.write(`${billOfMaterials(manifest, projectLock())}\n`)
