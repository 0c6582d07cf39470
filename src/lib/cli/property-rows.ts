import { InfoClient, type PlatformBuild } from '../client/info-client.js';
import type { WhiskClient } from '../client/whisk-client.js';
import type { SettingKey } from '../config/setting.js';
import type { Settings } from '../config/settings.js';
import type { LocalState } from './local-platform.js';
import type { PropertyRow } from './presenters/property-values.js';
import { maskKey } from './redaction.js';

/** The rows of `property get` in wsk's order: name, and wsk's words with the tabulators behind them. */
export const propertyLabels = {
  cert: 'client cert\t\t',
  key: 'Client key\t\t',
  auth: 'whisk auth\t\t',
  apihost: 'whisk API host\t\t',
  apiversion: 'whisk API version\t',
  namespace: 'whisk namespace\t\t',
  cliversion: 'whisk CLI version\t',
  apibuild: 'whisk API build\t\t',
  apibuildno: 'whisk API build number\t',
} as const;

export type PropertyRowName = keyof typeof propertyLabels;

/** What `property get` was asked for. */
export interface PropertyQuery {
  /** Rows asked for by name; empty means all. */
  readonly named: ReadonlySet<PropertyRowName>;
  readonly showSecrets: boolean;
}

/** Where the values come from. */
export interface PropertySources {
  readonly settings: Settings;
  readonly version: string;
  /** State of the local platform, when that is the target. */
  readonly local: LocalState | undefined;
  /** A client for the rows that need a call; rejects where none can be had. */
  readonly connect: () => Promise<WhiskClient>;
}

interface Value {
  readonly value: string;
  readonly source: string;
}

const unknown: Value = { value: 'Unknown', source: 'the API host' };

function isRowName(name: string): name is PropertyRowName {
  return Object.hasOwn(propertyLabels, name);
}

/** Collects the effective properties (C-72). Only the build and the name of the key's namespace need a call. */
export class PropertyReader {
  private builds: Promise<PlatformBuild> | undefined;

  constructor(private readonly sources: PropertySources) {}

  /** The rows asked for. A call that fails leaves `Unknown`, unless its row was asked for by name: then its error is thrown at the end. */
  async read(query: PropertyQuery): Promise<{ rows: readonly PropertyRow[]; failure: Error | undefined }> {
    const names = Object.keys(propertyLabels).filter(isRowName);
    const wanted = names.filter((name) => query.named.size === 0 || query.named.has(name));
    const rows: PropertyRow[] = [];
    let failure: Error | undefined;
    for (const name of wanted) {
      const value = await this.valueOf(name).catch((error: unknown) => {
        if (query.named.has(name)) failure ??= error instanceof Error ? error : new Error(String(error));
        return unknown;
      });
      const masked = name === 'auth' && value.value !== '' && !query.showSecrets && !query.named.has('auth');
      rows.push({ ...value, name, label: propertyLabels[name], ...(masked ? { value: maskKey(value.value) } : {}) });
    }
    return { rows, failure };
  }

  private valueOf(name: PropertyRowName): Promise<Value> {
    switch (name) {
      case 'cliversion':
        return Promise.resolve({ value: this.sources.version, source: 'this program' });
      case 'apibuild':
        return this.build().then(({ build }) => ({ value: build, source: 'the API host' }));
      case 'apibuildno':
        return this.build().then(({ buildNumber }) => ({ value: buildNumber, source: 'the API host' }));
      case 'namespace':
        return this.namespace();
      default:
        return Promise.resolve(this.setting(name));
    }
  }

  private setting(name: SettingKey): Value {
    const { values, context } = this.sources.settings;
    const found = values.get(name);
    if (found !== undefined) return found;
    const configured = values.has('apihost') || values.has('auth') || context?.name === 'wskprops';
    const local = configured ? undefined : this.sources.local;
    if (local !== undefined && name === 'apihost') return { value: local.url, source: 'the local platform' };
    if (local !== undefined && name === 'auth') return { value: local.auth, source: 'the local platform' };
    return { value: name === 'apiversion' ? 'v1' : '', source: 'default' };
  }

  private build(): Promise<PlatformBuild> {
    this.builds ??= this.sources.connect().then((client) => new InfoClient(client).build());
    return this.builds;
  }

  /** A configured namespace as it is; otherwise the name of the key's own, which only the host knows. */
  private async namespace(): Promise<Value> {
    const configured = this.setting('namespace');
    if (configured.value !== '') return configured;
    const client = await this.sources.connect();
    return { value: await new InfoClient(client).namespace(), source: 'the API host' };
  }
}
