import { ProcessContainerFactory } from '../containers/process/process-container-factory.js';
import type { RuntimeManifest } from '../runtime-manifest/runtime-manifest.js';
import type { PlatformOptions } from './launcher/platform-options.js';
import type { PlatformSurroundings } from './platform-surroundings.js';

/** The factory of the process driver. */
export function createDriver(
  options: Pick<PlatformOptions, 'sandbox'>,
  manifest: RuntimeManifest,
  around: PlatformSurroundings,
): ProcessContainerFactory {
  const { paths, environment, launchers, modules, node, nodeVersion, log, clock } = around;
  return new ProcessContainerFactory({
    ...{ launchers, modules, node, nodeVersion, log, clock, manifest },
    boxes: paths.boxes,
    builds: paths.builds,
    sandbox: options.sandbox,
    hidden: [paths.home],
    mark: paths.mark,
    path: environment.PATH ?? '/usr/local/bin:/usr/bin:/bin',
    environment: definedOf(environment),
  });
}

function definedOf(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}
