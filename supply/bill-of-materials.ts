import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library'
import { PackageURL } from 'packageurl-js'
import type { LockedPackage } from './lock-file.ts'

/**
 * The bill of materials of what comes to whoever installs Holdfast, in the JSON of CycloneDX 1.6 (ECMA-424). The same
 * packages give the same bytes: it has no number of its own and no time.
 */
export function billOfMaterials(
  project: { name: string; version: string },
  packages: readonly LockedPackage[],
): string {
  const component = new Models.Component(Enums.ComponentType.Library, project.name, {
    version: project.version,
    bomRef: `pkg:npm/${project.name}@${project.version}`,
  })
  const bom = new Models.Bom({ metadata: new Models.Metadata({ component }) })
  for (const one of unique(packages.filter(({ shipped }) => shipped))) bom.components.add(componentOf(one))
  const normal = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6)
  return new Serialize.JsonSerializer(normal).serialize(bom, { sortLists: true, space: 2 })
}

/** A package that stands at several places of the tree is one component. */
const unique = (packages: readonly LockedPackage[]): readonly LockedPackage[] => [
  ...new Map(packages.map((one) => [`${one.name}@${one.version}`, one])).values(),
]

function componentOf({ name, version, licence, integrity }: LockedPackage): Models.Component {
  const [scope, bare] = name.startsWith('@') ? name.split('/') : [undefined, name]
  const purl = new PackageURL('npm', scope, bare ?? name, version, undefined, undefined).toString()
  const component = new Models.Component(Enums.ComponentType.Library, bare ?? name, {
    bomRef: purl,
    group: scope,
    version,
    purl,
  })
  if (licence !== null) component.licenses.add(new Models.LicenseExpression(licence))
  const [algorithm, digest] = integrity?.split('-') ?? []
  if (algorithm === 'sha512' && digest !== undefined)
    component.hashes.set(Enums.HashAlgorithm['SHA-512'], Buffer.from(digest, 'base64').toString('hex'))
  return component
}
