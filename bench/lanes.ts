import { fileURLToPath } from 'node:url'
import { model } from '../devices/model/model.ts'
import { virtualAndroid } from '../devices/virtual/android/device.ts'
import { virtualIos } from '../devices/virtual/ios/device.ts'
import soundStore from '../fixtures/sound/store.ts'
import { soundAndroid } from '../fixtures/sound-phone/android.ts'
import { soundIos } from '../fixtures/sound-phone/ios.ts'
import { protocolTarget } from '../harness/adapters/protocol-target.ts'
import type { Device } from '../harness/contract/device.ts'
import type { AnyVaultModule } from '../harness/contract/vault.ts'
import { inProcessTarget, type Target } from '../harness/engine/target.ts'
import type { Ground } from '../harness/scenarios/scenario.ts'
import { bareChildLane } from './bare-child-lane.ts'
import { bareLane } from './bare-lane.ts'
import { childDevice } from './child-device.ts'
import { judgedLane } from './judged-lane.ts'
import type { Lane } from './lane.ts'
import { mapVault } from './map-vault.ts'

/** Commands of a program at most, as in the full budget of a simulated device. */
const commands = 30
/** Programs per scenario in one round: a round of any lane takes some tenths of a second. */
const perRound = { inProcess: 600, child: 150 }

const groundOf = ({ description, device }: Target): Ground => ({ description, controls: device.controls, commands })

/** All lanes that are measured, each beside the bare one that runs comparable programs. */
export async function openLanes(): Promise<readonly Lane[]> {
  const inProcess = (id: string, what: string, vault: AnyVaultModule, target: number, device: Device = model()) => {
    const opened = inProcessTarget(vault, device)
    const ground = groundOf(opened)
    const bare = bareLane(`bare-${id}`, ground, perRound.inProcess)
    return [bare, judgedLane(opened, { id, what, beside: bare.id, target, ground, programs: perRound.inProcess })]
  }
  const child = await protocolTarget({
    device: childDevice(),
    command: [process.execPath, fileURLToPath(new URL('./map-child.ts', import.meta.url))],
    environment: {},
    deadlineMs: 10_000,
  })
  const ground = groundOf(child)
  const programs = perRound.child
  const bareChild = await bareChildLane('bare-child', ground, programs)
  const what = 'a Map in a Node child, by the protocol over stdio'
  return [
    ...inProcess('sound', 'the sound store on the device model, in process', soundStore, 150_000),
    ...inProcess('map', 'a Map in process', mapVault, 150_000),
    ...inProcess('android', 'the sound vault on a virtual Android phone', soundAndroid(), 20_000, virtualAndroid()),
    ...inProcess('ios', 'the sound vault on a virtual iPhone', soundIos(), 20_000, virtualIos()),
    bareChild,
    bareLane('bare-stdio', ground, programs),
    judgedLane(child, { id: 'stdio', what, beside: 'bare-stdio', target: 20_000, ground, programs }),
  ]
}
