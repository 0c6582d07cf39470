import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newAction } from '../../controller/action-change.js';
import { toActionDocument, toActionSummary } from '../../controller/action-documents.js';
import { putPackage } from '../../controller/package-documents.js';
import type { ArtifactStore, Change, EntityKey } from '../../database/artifact-store.js';
import type { Clock } from '../../entity/clock.js';
import type { KeyValue } from '../../entity/parameters.js';
import {
  alarmsPackage,
  nodePackages,
  type SystemAction,
  type SystemPackage,
  systemPackagesVersion,
} from './system-packages.js';

/** Where system packages are written, and what they are made of. */
export interface SystemPackageTarget {
  readonly artifacts: ArtifactStore;
  readonly clock: Clock;
  /** Folder of the sources, one folder for each package. */
  readonly folder: string;
}

const namespace = 'whisk.system';

/** What the feeds say they are where the manifest has no Node.js: no runtime is asked. */
const feedKind = 'nodejs:20';

/** Writes all system packages in one transaction; without a kind of Node.js only those that need no runtime. */
export async function writeSystemPackages(
  { artifacts, clock, folder }: SystemPackageTarget,
  kind: string | undefined,
): Promise<void> {
  const version = `0.0.${String(systemPackagesVersion)}`;
  const writer = new SystemPackageWriter({ artifacts, folder, kind: kind ?? feedKind, version, now: clock.now() });
  const packages = kind === undefined ? [alarmsPackage] : [alarmsPackage, ...nodePackages];
  const changes = await Promise.all(packages.map((written) => writer.changesFor(written)));
  await artifacts.commit(changes.flat());
}

class SystemPackageWriter {
  constructor(
    private readonly parts: {
      readonly artifacts: Pick<ArtifactStore, 'find'>;
      readonly folder: string;
      readonly kind: string;
      readonly version: string;
      /** Epoch milliseconds. */
      readonly now: number;
    },
  ) {}

  async changesFor({ name, description, parameters, actions }: SystemPackage): Promise<Change[]> {
    const { version, now } = this.parts;
    const key = { namespace, package: '', name };
    const annotations = [{ key: 'description', value: description }];
    const document = { namespace, name, version, publish: true, parameters, annotations, updated: now };
    const written = putPackage({ key, revision: await this.revisionOf(key) }, document);
    return [written, ...(await Promise.all(actions.map((action) => this.actionChange(name, action))))];
  }

  private async actionChange(
    packageName: string,
    { name, description, source, isFeed }: SystemAction,
  ): Promise<Change> {
    const { folder, kind, version, now } = this.parts;
    const key = { namespace, package: packageName, name };
    const annotations: KeyValue[] = [{ key: 'description', value: description }];
    if (isFeed === true) annotations.push({ key: 'feed', value: true });
    const action = newAction(key, { annotations, version }, { kind, binary: false }, now);
    return {
      put: {
        collection: 'actions',
        key,
        document: toActionDocument(action),
        summary: toActionSummary(action),
        updated: now,
        code: await readFile(join(folder, packageName, source), 'utf8'),
      },
      expected: await this.revisionOf(key),
    };
  }

  private async revisionOf(key: EntityKey): Promise<number> {
    return (await this.parts.artifacts.find(key))?.revision ?? 0;
  }
}
