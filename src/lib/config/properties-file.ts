import type { Clock } from '../entity/clock.js';
import { ConfigError } from '../errors/client-errors.js';
import { storedApihost } from './apihost.js';
import { updatePrivateFile } from './private-file.js';
import { Wskprops } from './wskprops.js';

/** The properties that `property set` and `unset` change, and their keys in the file. */
export const propertyKeys = {
  apihost: 'APIHOST',
  auth: 'AUTH',
  apiversion: 'APIVERSION',
  namespace: 'NAMESPACE',
  cert: 'CERT',
  key: 'KEY',
  insecure: 'INSECURE',
} as const;

export type PropertyName = keyof typeof propertyKeys;

/** New values by property; undefined removes one. */
export type PropertyChanges = ReadonlyMap<PropertyName, string | undefined>;

/** What is written for a new value. */
function storedValue(name: PropertyName, value: string | undefined): string | undefined {
  return name === 'apihost' && value !== undefined ? storedApihost(value, '--apihost') : value;
}

/** Changes properties in a `.wskprops` file; everything else in it stays (C-19). Gives whether its mode had to be tightened. */
export async function changeProperties(
  path: string | undefined,
  changes: PropertyChanges,
  clock: Clock,
): Promise<{ readonly tightened: boolean }> {
  if (path === undefined) {
    throw new ConfigError('WSK_CONFIG_FILE is empty, so there is no properties file', {
      hint: 'unset it, or set it to a path',
    });
  }
  const stored = [...changes].map(([name, value]) => [name, storedValue(name, value)] as const);
  const change = (text: string): string =>
    stored
      .reduce((properties, [name, value]) => properties.with(propertyKeys[name], value), Wskprops.parse(text))
      .print();
  return updatePrivateFile(path, change, clock);
}
