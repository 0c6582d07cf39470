import { ProcessContainerFactory } from '../containers/process/process-container-factory.js';
import { PlatformError } from '../errors/client-errors.js';
import type { RuntimeManifest } from '../runtime-manifest/runtime-manifest.js';
import type { PlatformOptions } from './launcher/platform-options.js';
import type { PlatformSurroundings } from './platform-surroundings.js';

/** The factory of the driver that `--driver` chooses. Throws PlatformError for one that this version does not have. */
export function createDriver(
  options: Pick<PlatformOptions, 'driver' | 'sandbox'>,
  manifest: RuntimeManifest,
  around: PlatformSurroundings,
): ProcessContainerFactory {
  if (options.driver === 'docker') {
    throw new PlatformError('the docker driver is not available in this version of rt', {
      hint: 'use --driver process',
    });
  }
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
