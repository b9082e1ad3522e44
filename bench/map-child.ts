import { model } from '../devices/model/model.ts'
import { serve } from '../harness/adapters/serve.ts'
import { mapVault } from './map-vault.ts'

// The Map vault as a process of its own, as an author would serve it.
const { inProcess } = model()
if (inProcess === undefined) throw new Error('the model gives ports')
await serve({
  description: mapVault.description,
  open: (namespace) => mapVault.open({ namespace, ...inProcess(namespace) }),
})
