import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { TestPlatform } from '../helpers/test-platform.js';
import { implemented, type Target } from './openwhisk-runner.js';

/** A platform that lives as long as the run: a process of its own, its store in memory, on a free port. */
export interface EphemeralPlatform {
  readonly target: Target;
  /** The lines of the platform's log that tell of an error. */
  errors(): string[];
  dispose(): Promise<void>;
}

/** Starts the platform as it is released, with two namespaces. */
export async function startEphemeralPlatform(): Promise<EphemeralPlatform> {
  const platform = await TestPlatform.create();
  const second = { name: 'second', uuid: randomUUID(), key: randomBytes(32).toString('hex') };
  const { state } = await platform.ensure({ ephemeral: true, users: [second] });
  return {
    target: {
      origin: state.url,
      namespace: state.namespace,
      auth: state.auth,
      second: { namespace: second.name, auth: `${second.uuid}:${second.key}` },
      capabilities: ['nodejs', 'gateway'],
      ...implemented,
    },
    errors: () =>
      readFileSync(platform.paths.log, 'utf8')
        .split('\n')
        .filter((line) => line.split(' ')[1] === 'error'),
    dispose: async () => {
      await platform.stop({ timeout: 0 });
      await platform.dispose();
    },
  };
}
