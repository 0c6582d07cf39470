import type { JsonObject, JsonValue } from '../entity/json.js';
import { UsageError } from '../errors/client-errors.js';
import { objectIn } from './config-file.js';
import type { ConfigChange } from './config-store.js';
import type { SettingKey } from './setting.js';
import { builtInContexts } from './settings.js';

/** Refuses a name that a context cannot have. */
export function checkContextName(name: string): void {
  if (builtInContexts.includes(name)) throw new UsageError(`the context '${name}' is built in`);
  if (/^[A-Za-z0-9][\w.@-]{0,63}$/.test(name)) return;
  throw new UsageError(`'${name}' is not a valid name for a context`, {
    hint: 'letters, digits, . _ @ and -, at most 64, beginning with a letter or digit',
  });
}

/** A name for a context made of the host that it leads to. */
export function contextNameFor(apihost: string): string {
  const name = apihost
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/[^\w.@-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|-+$/g, '');
  return name.slice(0, 64);
}

function known(document: JsonObject, name: string): JsonObject {
  const contexts = objectIn(document, 'contexts');
  if (Object.hasOwn(contexts, name)) return contexts;
  checkContextName(name);
  const names = [...builtInContexts, ...Object.keys(contexts)].join(', ');
  throw new UsageError(`there is no context '${name}'`, { hint: `the contexts are ${names}` });
}

function unknown(document: JsonObject, name: string): JsonObject {
  checkContextName(name);
  const contexts = objectIn(document, 'contexts');
  if (!Object.hasOwn(contexts, name)) return contexts;
  throw new UsageError(`there is a context '${name}' already`, {
    hint: `rt context remove ${name}, or change it with rt property set --context ${name}`,
  });
}

function without(object: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

/** Values as they are written; undefined ones are left out. */
function written(values: ReadonlyMap<SettingKey, string | undefined>): JsonObject {
  const entries = [...values].flatMap(([key, value]): [string, JsonValue][] => {
    if (value === undefined) return [];
    return [[key, key === 'insecure' ? value === 'true' : value]];
  });
  return Object.fromEntries(entries);
}

/** Adds a context; a name that exists is a UsageError. */
export function addContext(name: string, values: ReadonlyMap<SettingKey, string>): ConfigChange {
  return (document) => ({
    ...document,
    contexts: { ...unknown(document, name), [name]: written(values) },
  });
}

/** Changes values of a context; those that are undefined are removed. With `create` the context may be a new one. */
export function changeContext(
  name: string,
  changes: ReadonlyMap<SettingKey, string | undefined>,
  create = false,
): ConfigChange {
  return (document) => {
    if (create) checkContextName(name);
    const contexts = create ? objectIn(document, 'contexts') : known(document, name);
    const kept = without(objectIn(contexts, name), ...changes.keys());
    return { ...document, contexts: { ...contexts, [name]: { ...kept, ...written(changes) } } };
  };
}

/** Makes a context the current one; `-` is the one before it. */
export function useContext(name: string): ConfigChange {
  return (document) => {
    const { current, previous } = document;
    const next = name === '-' ? previous : name;
    if (typeof next !== 'string') throw new UsageError('no context was in use before');
    if (!builtInContexts.includes(next)) known(document, next);
    if (next === current) return document;
    return { ...document, current: next, ...(typeof current === 'string' ? { previous: current } : {}) };
  };
}

/** Gives a context another name. */
export function renameContext(from: string, to: string): ConfigChange {
  return (document) => {
    known(document, from);
    unknown(document, to);
    const contexts = Object.entries(objectIn(document, 'contexts'));
    const names = Object.entries(document).filter(
      ([key, value]) => (key === 'current' || key === 'previous') && value === from,
    );
    return {
      ...document,
      contexts: Object.fromEntries(contexts.map(([name, value]) => [name === from ? to : name, value])),
      ...Object.fromEntries(names.map(([key]) => [key, to])),
    };
  };
}

/** Removes a context, wherever it is named. */
export function removeContext(name: string): ConfigChange {
  return (document) => {
    const contexts = without(known(document, name), name);
    const named = ['current', 'previous'].filter((key) => document[key] === name);
    return { ...without(document, ...named), contexts };
  };
}

/** Sets a setting of rt, or removes it with undefined. */
export function changeSetting(key: string, value: string | undefined): ConfigChange {
  return (document) => {
    const settings = without(objectIn(document, 'settings'), key);
    return { ...document, settings: value === undefined ? settings : { ...settings, [key]: value } };
  };
}

/** Trusts a project file as long as it names this host, or no more with undefined (RS-228). */
export function changeTrust(file: string, apihost: string | undefined): ConfigChange {
  return (document) => {
    const trusted = without(objectIn(document, 'trusted'), file);
    return { ...document, trusted: apihost === undefined ? trusted : { ...trusted, [file]: apihost } };
  };
}
