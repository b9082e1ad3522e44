import type { LockedPackage } from './lock-file.ts'

/** What is read of package.json. */
export interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
  /** Whether the install script of a package may run; each that has one is decided on. */
  readonly allowScripts: Readonly<Record<string, boolean>>
}

const exact = /^\d+\.\d+\.\d+$/

/** What a reviewer of dependencies would not let pass; none where all is well. */
export function dependencyFaults(manifest: Manifest, packages: readonly LockedPackage[]): readonly string[] {
  const asked = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
  const scripts = new Set(packages.filter(({ installScript }) => installScript).map(({ name }) => name))
  return [
    ...asked
      .filter(([, version]) => !exact.test(version))
      .map(([name, version]) => `package.json: ${name} is asked for as "${version}": name one exact version`),
    ...packages
      .filter(({ from }) => from !== null)
      .map(
        ({ name, from }) =>
          `package-lock.json: ${name} comes from ${from}: only packages of the registry, without an address`,
      ),
    ...packages
      .filter(({ linked }) => linked)
      .map(({ name }) => `package-lock.json: ${name} is a link to a folder: nobody else has it`),
    ...packages
      .filter(({ integrity, bundled, linked }) => integrity === null && !bundled && !linked)
      .map(
        ({ name, version }) =>
          `package-lock.json: ${name}@${version} has no digest: what is installed could be anything`,
      ),
    ...[...scripts]
      .filter((name) => !(name in manifest.allowScripts))
      .map((name) => `package.json: whether the install script of ${name} may run is not decided under allowScripts`),
    ...Object.keys(manifest.allowScripts)
      .filter((name) => !scripts.has(name))
      .map((name) => `package.json: allowScripts decides on ${name}, which has no install script`),
  ]
}
