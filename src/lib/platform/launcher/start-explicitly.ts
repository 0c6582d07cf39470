import { PlatformError } from '../../errors/client-errors.js';
import { type EnsuredPlatform, type LauncherDeps, PlatformLauncher } from './launcher.js';
import { defaultPlatformOptions, type PlatformOptions, shownOptions } from './platform-options.js';

/**
 * Starts a platform for `rt platform start`. One that runs already is as good if nothing was asked for that it does not have; otherwise a
 * PlatformError names the differences (cli.md §14.1).
 */
export async function startExplicitly(
  deps: LauncherDeps,
  given: Partial<PlatformOptions>,
  foreground: boolean,
): Promise<EnsuredPlatform> {
  const launcher = new PlatformLauncher(deps);
  const ensured = await launcher.ensure({ ...defaultPlatformOptions, ...given }, { foreground });
  if (ensured.started) return ensured;
  const running = new Map(Object.entries(ensured.state.options));
  const wanted = Object.entries(shownOptions(given)).filter(([name, value]) => running.get(name) !== value);
  const differences = wanted
    // A port of 0 is any port, also the one that it has.
    .filter(([name, value]) => name !== 'port' || value !== '0')
    .map(([name, value]) => `--${name} ${value} (it has ${running.get(name) ?? 'none'})`);
  if (given.clean === true) differences.push('--clean');
  if (differences.length === 0) return ensured;
  throw new PlatformError(`the local platform runs already, with other options: ${differences.join(', ')}`, {
    hint: 'rt platform restart with these options',
  });
}
