import { once } from 'node:events';
import { boolean } from '@oclif/core/flags';
import { platformFlags } from '../../lib/cli/flags/platform-flags.js';
import { PlatformStarted, platformWarnings } from '../../lib/cli/presenters/platform-started.js';
import { RtCommand } from '../../lib/cli/rt-command.js';
import { givenOptions } from '../../lib/platform/launcher/given-options.js';
import { launcherDeps } from '../../lib/platform/launcher/launcher-deps.js';
import { startExplicitly } from '../../lib/platform/launcher/start-explicitly.js';

export default class PlatformStart extends RtCommand {
  static override summary = 'Start the local platform';
  static override description =
    'It runs in the background until it is stopped. One that runs already with the same options is as good. Commands without a configured ' +
    'platform start it by themselves. A file for --limits is {"default": {…}, "namespaces": {"NAME": {…}}}; each part takes ' +
    'invocationsPerMinute, concurrentInvocations, firesPerMinute, minActionMemory, maxActionMemory (MB), minActionLogs, maxActionLogs (MB), ' +
    'minActionTimeout, maxActionTimeout (ms), minActionConcurrency, maxActionConcurrency (activations at a time in one container), ' +
    'allowedKinds and storeActivations.';
  static override flags = {
    ...platformFlags,
    foreground: boolean({ default: false, summary: 'do not go to the background; the log goes to stderr' }),
  };
  static override examples = [
    '$ rt platform start\nok: local platform ready at http://127.0.0.1:3233 (driver: process, 18 kinds) in 0.4 s',
    '$ rt platform start --port 0 --ephemeral',
    '$ rt platform start --limits limits.json',
    '$ rt platform start --prewarm nodejs:20=2 --prewarm python:3=1 --pool 4GB',
  ];
  static override related = ['platform:stop', 'platform:status', 'platform:restart'];

  async run(): Promise<void> {
    const { flags } = await this.parse(PlatformStart);
    const { clock } = this.environment;
    const begin = clock.monotonic();
    const given = givenOptions(flags, this.environment);
    const deps = launcherDeps(this.environment, this.session.program, flags.wait);
    const starting = startExplicitly(deps, given, flags.foreground);
    const ensured = await this.session.progress.during('starting the local platform', starting);
    const { child } = ensured;
    await this.present(new PlatformStarted({ ...ensured, duration: clock.monotonic() - begin }));
    platformWarnings(ensured, this.terminal);
    if (child === undefined) return;
    this.session.endInOrder();
    this.signal.addEventListener('abort', () => child.kill('SIGTERM'));
    child.ref();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
}
