import type { RuntimeKind } from './runtime-kind.js';

interface BuiltInFamily {
  readonly family: string;
  /** The version that `family:default` means; the family `nodejs` chooses by the running node. */
  readonly default: string;
  readonly versions: readonly string[];
  /** Kinds that can be read and deleted only. */
  readonly deprecated?: readonly string[];
  /** `V` stands for the version. */
  readonly image: string;
  /** Images that do not follow the pattern. */
  readonly otherImages?: Readonly<Record<string, string>>;
  readonly requireMain?: boolean;
}

/** The families and kinds of action-interface.md §2.1 with the images of the reference manifest; perl, deno and bun are ours. */
const families: readonly BuiltInFamily[] = [
  {
    family: 'nodejs',
    default: '20',
    versions: ['10', '12', '14', '16', '18', '20', '21', '22', '24', '26'],
    deprecated: ['6', '8'],
    image: 'openwhisk/action-nodejs-vV:nightly',
  },
  {
    family: 'python',
    default: '3',
    versions: ['3', '3.6', '3.7', '3.9', '3.10', '3.11', '3.12', '3.13'],
    deprecated: ['2'],
    image: 'openwhisk/action-python-vV:nightly',
    otherImages: { '2': 'openwhisk/python2action:nightly', '3': 'openwhisk/python3action:nightly' },
  },
  {
    family: 'php',
    default: '8.1',
    versions: ['7.3', '7.4', '8.0', '8.1', '8.2', '8.3'],
    image: 'openwhisk/action-php-vV:nightly',
  },
  { family: 'ruby', default: '2.5', versions: ['2.5', '2.6'], image: 'openwhisk/action-ruby-vV:nightly' },
  {
    family: 'go',
    default: '1.20',
    versions: ['1.11', '1.12', '1.13', '1.15', '1.17', '1.18', '1.19', '1.20', '1.21', '1.22', '1.23', '1.24'],
    image: 'openwhisk/action-golang-vV:nightly',
  },
  {
    family: 'java',
    default: '8',
    versions: ['8', '11', '17', '21'],
    image: 'openwhisk/javaVaction:nightly',
    requireMain: true,
  },
  {
    family: 'swift',
    default: '5.3',
    versions: ['5.1', '5.3', '5.4', '5.7'],
    deprecated: ['3.1.1', '4.1', '4.2'],
    image: 'openwhisk/action-swift-vV:nightly',
  },
  {
    family: 'dotnet',
    default: '3.1',
    versions: ['2.2', '3.1', '6.0'],
    image: 'openwhisk/action-dotnet-vV:nightly',
    requireMain: true,
  },
  { family: 'rust', default: '1.34', versions: ['1.34'], image: 'openwhisk/action-rust-vV:nightly' },
  { family: 'perl', default: '5', versions: ['5'], image: 'openwhisk/action-perl-vV:nightly' },
  { family: 'deno', default: '1', versions: ['1'], image: 'openwhisk/action-deno-1.3.0:nightly' },
  { family: 'bun', default: '1', versions: ['1'], image: 'openwhisk/action-bun-vV:nightly' },
  { family: 'ballerina', default: '0.990', versions: ['0.990'], image: 'openwhisk/action-ballerina-v0.990.2:nightly' },
];

/**
 * The kinds of the manifest that comes with the program. `nodejs:default` is the newest even version that is not newer than the running
 * node, so that an action runs on it without a warning (action-interface.md §2.1).
 */
export function builtInKinds(nodeMajor: number): RuntimeKind[] {
  return families.flatMap((family) => kindsOf(family, nodeMajor));
}

function kindsOf(family: BuiltInFamily, nodeMajor: number): RuntimeKind[] {
  const chosen = family.family === 'nodejs' ? defaultNodeVersion(family, nodeMajor) : family.default;
  const deprecated = family.deprecated ?? [];
  return [...deprecated, ...family.versions].map((version) => ({
    family: family.family,
    kind: `${family.family}:${version}`,
    default: version === chosen,
    deprecated: deprecated.includes(version),
    image: family.otherImages?.[version] ?? family.image.replace('V', version),
    attached: true,
    requireMain: family.requireMain ?? false,
    sentinelledLogs: true,
    stemCells: [],
  }));
}

function defaultNodeVersion(family: BuiltInFamily, nodeMajor: number): string {
  const usable = family.versions.filter((version) => Number(version) % 2 === 0 && Number(version) <= nodeMajor);
  return usable.at(-1) ?? family.default;
}
