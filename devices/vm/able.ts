/** An emulated machine on a busy one is slow; the first start of all makes its disk. Milliseconds. */
export const patience = 15 * 60_000

/**
 * Whether tests of the virtual machine can run here, and says why where they cannot. They are asked for, since an emulated
 * machine takes a processor for minutes, which `npm test` has not to spare.
 * @param onPath whether there is such a command
 */
export const ableWith = (onPath: (name: string, env: NodeJS.ProcessEnv) => boolean): boolean => {
  const { HOLDFAST_VM } = process.env
  const tools = ['qemu-system-x86_64', 'qemu-img', 'mmdebstrap', 'mke2fs']
  const lacking = tools.filter((name) => !onPath(name, process.env))
  const wanted = HOLDFAST_VM === 'yes'
  if (!wanted) console.warn('SKIPPED: the virtual machine: HOLDFAST_VM=yes npm test -- devices/vm tests it.')
  else if (lacking.length > 0) console.warn(`SKIPPED: the virtual machine. Not on this machine: ${lacking.join(', ')}.`)
  return wanted && lacking.length === 0
}
