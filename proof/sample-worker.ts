import { serveTasks } from './in-workers.ts'

// The larger the number, the sooner it is done.
serveTasks(async (task: number) => {
  if (task < 0) throw new Error(`${task} is below nothing`)
  for (let turn = 0; turn < 100 - task; turn++) await new Promise((resolve) => setImmediate(resolve))
  return task * 2
})
