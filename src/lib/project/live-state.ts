import { isJsonObject, type JsonObject, type JsonValue, numberOf } from '../entity/json.js';
import { type ApiRoute, routesOf } from '../client/api-routes.js';
import type { ApisClient } from '../client/apis-client.js';
import { type ListRecord, objectsIn, textOf } from '../client/list-records.js';
import { type NamespaceClients, readContentsOf } from '../client/namespace-contents.js';
import type { NamespacesClient } from '../client/namespaces-client.js';
import { type DeployRecord, readRecord, recordKey } from './deploy-record.js';
import type { Values } from './desired-state.js';
import { managedKey, projectOf } from './managed-mark.js';
import { apiName, type ProjectThing } from './planned-entity.js';

/** An entity as a list of the target shows it. */
export interface LiveEntity {
  readonly version: string;
  readonly annotations: Values;
  /** What rt wrote at its last deploy (D-21). */
  readonly record?: DeployRecord;
  /** Name of the managed project that it belongs to (D-23). */
  readonly project?: string;
  /** Of a trigger: name of its feed. */
  readonly feed?: string;
  /** Of a package: whether it is a binding. */
  readonly bound: boolean;
  /** Of an action: `timeout` in ms, `memory` and `logs` in MB. */
  readonly limits: Readonly<Record<string, number>>;
}

type Entities = ReadonlyMap<string, LiveEntity>;

/** What is on a target, as its lists show it. */
export interface LiveState {
  /** The namespace in the host's own words, never `_`. */
  readonly namespace: string;
  readonly packages: Entities;
  /** By `pkg/name` or `name`; those outside of packages too (D-24). */
  readonly actions: Entities;
  readonly triggers: Entities;
  readonly rules: Entities;
  /** By `GET /base/path`; empty when nobody asked for them. */
  readonly apis: ReadonlyMap<string, ApiRoute>;
}

/** What reading takes. */
export interface LiveStateDeps {
  readonly clients: NamespaceClients;
  readonly namespaces: NamespacesClient;
  readonly apis: ApisClient;
}

/**
 * Reads what is on the target with its lists only, in pages of 200 (D-21, D-22). Routes are read where `withApis` says so: not every
 * platform has a gateway. Failures are HttpError or NetworkError.
 */
export async function readLiveState(
  options: { readonly namespace: string; readonly withApis: boolean },
  { clients, namespaces, apis }: LiveStateDeps,
): Promise<LiveState> {
  const [contents, routes] = await Promise.all([
    readContentsOf(options.namespace, clients),
    options.withApis ? apis.list({}, 'obtain the list of APIs') : [],
  ]);
  const { packages, actions, triggers, rules } = contents;
  const [any] = [...packages, ...actions, ...triggers, ...rules];
  return {
    namespace: await ownNamespace(options.namespace, any, namespaces),
    packages: entities(packages),
    actions: entities(actions),
    triggers: entities(triggers),
    rules: entities(rules),
    apis: new Map(routes.flatMap(routesIn).map((route) => [apiName({ ...route, method: route.verb }), route])),
  };
}

/** The live entity of a name; undefined where there is none. Routes are none: they have no version and no annotations. */
export function liveOf(
  { thing, name }: { readonly thing: ProjectThing; readonly name: string },
  live: LiveState,
): LiveEntity | undefined {
  switch (thing) {
    case 'package':
      return live.packages.get(name);
    case 'action':
      return live.actions.get(name);
    case 'trigger':
      return live.triggers.get(name);
    case 'rule':
      return live.rules.get(name);
    case 'api':
      return undefined;
  }
}

/** Names and values of the entries of a list such as `annotations`, all or those that `keep` accepts. */
export function valuesIn(entries: JsonValue | undefined, keep: (entry: JsonObject) => boolean = () => true): Values {
  const pairs = objectsIn(entries)
    .filter(keep)
    .flatMap(({ key, value }) => (typeof key === 'string' && value !== undefined ? [[key, value] as const] : []));
  return Object.fromEntries(pairs);
}

/** The entity of a record of a list. */
function toLiveEntity(record: ListRecord): LiveEntity {
  const annotations = valuesIn(record['annotations']);
  const { limits, binding } = record;
  const numbers = Object.entries(isJsonObject(limits) ? limits : {}).flatMap(([name, value]) => {
    const number = numberOf(value);
    return number === undefined ? [] : [[name, number] as const];
  });
  const known = {
    record: readRecord(annotations[recordKey]),
    project: projectOf(annotations[managedKey]),
    feed: typeof annotations['feed'] === 'string' ? annotations['feed'] : undefined,
  };
  return {
    version: textOf(record, 'version') ?? '',
    annotations,
    ...(known.record === undefined ? {} : { record: known.record }),
    ...(known.project === undefined ? {} : { project: known.project }),
    ...(known.feed === undefined ? {} : { feed: known.feed }),
    bound: isJsonObject(binding) && textOf(binding, 'name') !== undefined,
    limits: Object.fromEntries(numbers),
  };
}

function entities(records: readonly ListRecord[]): Entities {
  return new Map(records.map((record) => [nameIn(record), toLiveEntity(record)]));
}

function nameIn(record: ListRecord): string {
  const [, inside] = (textOf(record, 'namespace') ?? '').split('/');
  const name = textOf(record, 'name') ?? '';
  return inside === undefined ? name : `${inside}/${name}`;
}

function routesIn({ value }: ListRecord): readonly ApiRoute[] {
  return isJsonObject(value) ? routesOf(value) : [];
}

/** The namespace of the key has its name in every record; where there is none yet, one request asks for it. */
async function ownNamespace(
  namespace: string,
  record: ListRecord | undefined,
  namespaces: NamespacesClient,
): Promise<string> {
  if (namespace !== '_') return namespace;
  const [named] = (record === undefined ? '' : (textOf(record, 'namespace') ?? '')).split('/');
  if (named !== undefined && named !== '') return named;
  const [own] = await namespaces.list();
  return own ?? namespace;
}
