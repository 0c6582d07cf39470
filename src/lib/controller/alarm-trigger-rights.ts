import type { ArtifactStore } from '../database/artifact-store.js';
import type { AlarmKey } from '../feeds/alarm-book.js';
import type { TriggerRights } from '../feeds/alarm-triggers.js';
import { Rejection } from '../errors/rejection.js';
import type { Authenticator } from './authentication.js';

/** Asks what a request with the key would find out (openwhisk-api.md §15.2). */
export class AlarmTriggerRights implements TriggerRights {
  constructor(private readonly deps: { readonly authenticator: Authenticator; readonly artifacts: ArtifactStore }) {}

  async namespaceOf(authKey: string): Promise<string | undefined> {
    try {
      const header = `Basic ${Buffer.from(authKey).toString('base64')}`;
      return (await this.deps.authenticator.authenticate(header)).namespace;
    } catch (error) {
      if (error instanceof Rejection) return undefined;
      throw error;
    }
  }

  async exists({ namespace, trigger: name }: AlarmKey): Promise<boolean> {
    return (await this.deps.artifacts.find({ namespace, package: '', name }))?.collection === 'triggers';
  }
}
