import type { SettingStore } from '../database/setting-store.js';
import { isJsonObject, type JsonObject, type JsonValue, stringifyJson } from '../entity/json.js';
import { messages } from '../entity/messages.js';
import { Rejection } from '../errors/rejection.js';
import { type Answer, ok } from './answer.js';
import { requiredObject } from './json-body.js';
import type { Collection, Route } from './route.js';

/** Settings of a destination: shown ones, and secrets, which must be given but are neither kept nor shown. */
interface Destination {
  readonly shown: readonly string[];
  readonly secret: readonly string[];
}

/** The platform itself; the only one that needs no settings. */
const ownDestination = 'adobe_io_runtime';

const destinations: ReadonlyMap<string, Destination> = new Map([
  [ownDestination, { shown: [], secret: [] }],
  ['azure_log_analytics', { shown: ['customer_id', 'log_type'], secret: ['shared_key'] }],
  ['splunk_hec', { shown: ['host', 'port', 'index'], secret: ['hec_token'] }],
  ['new_relic', { shown: ['base_uri'], secret: ['license_key'] }],
]);

/**
 * Log forwarding, which some clients ask about before they read logs (openwhisk-api.md §19.5). The setting is kept for
 * them; logs stay on the platform in any case.
 */
export function createLogForwardingApi(deps: { readonly settings: SettingStore }): Collection {
  const read = (path: string, summary: string, answer: (stored: string) => Answer): Route => ({
    method: 'GET',
    path: `/:namespace/logForwarding${path}`,
    summary,
    privilege: 'READ',
    run: async ({ namespace }) => {
      const stored = await deps.settings.get(settingOf(namespace));
      return answer(stored ?? JSON.stringify({ [ownDestination]: {} }));
    },
  });
  return {
    name: 'logForwarding',
    root: '/runtime/namespaces',
    routes: [
      read('', 'Where logs are forwarded to', ok),
      {
        method: 'PUT',
        path: '/:namespace/logForwarding',
        summary: 'Set where logs are forwarded to',
        privilege: 'PUT',
        run: async ({ namespace, body }) => {
          const text = stringifyJson(toStored(requiredObject(body)));
          await deps.settings.put(settingOf(namespace), text);
          return ok(text);
        },
      },
      read('/errors', 'What went wrong with forwarding: nothing, because nothing is forwarded', toErrors),
    ],
  };
}

function settingOf(namespace: string): string {
  return `log-forwarding/${namespace}`;
}

/** The destination with the settings that may be shown; throws a 400. */
function toStored(body: JsonObject): JsonObject {
  const [[name, given] = [], ...others] = Object.entries(body);
  if (name === undefined || !isJsonObject(given) || others.length > 0) {
    throw new Rejection(400, messages.forwardingShape);
  }
  const destination = destinations.get(name);
  if (destination === undefined) {
    throw new Rejection(400, messages.forwardingUnknown(name, [...destinations.keys()]));
  }
  for (const setting of [...destination.shown, ...destination.secret]) {
    if (!isSetting(given[setting])) throw new Rejection(400, messages.forwardingMissing(name, setting));
  }
  return { [name]: Object.fromEntries(destination.shown.map((setting) => [setting, given[setting] ?? ''])) };
}

/** Ports are also given as numbers. */
function isSetting(value: JsonValue | undefined): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value !== '');
}

function toErrors(stored: string): Answer {
  const [destination = ownDestination] = Object.keys(JSON.parse(stored) as object);
  return ok(JSON.stringify({ destination, errors: [] }));
}
