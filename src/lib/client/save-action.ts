import {
  formatFullyQualifiedName,
  type FullyQualifiedName,
  parseFullyQualifiedName,
} from '../entity/fully-qualified-name.js';
import { isJsonObject, type JsonObject, type JsonValue, parseJson, stringifyJson } from '../entity/json.js';
import type { Random } from '../entity/random.js';
import { HttpError, NetworkError } from '../errors/client-errors.js';
import { type ActionChange, entriesText, mergeEntries, type WireEntry } from './action-change.js';
import type { ActionsClient } from './actions-client.js';
import { entityName } from './entity-collection.js';
import { webChange } from './web-annotations.js';

/** An action that was created or updated. */
export interface SavedAction {
  readonly name: FullyQualifiedName;
  /** The action as the server answered, JSON text. */
  readonly body: string;
  /** Secret of `--web-secure true`, when it was made just now. */
  readonly generatedSecret?: string;
  /** True when the name was taken and the action was left as it is (`--if-not-exists`). */
  readonly existed?: true;
}

/** What is needed besides the change itself. */
export interface SaveActionDeps {
  readonly actions: ActionsClient;
  readonly random: Random;
}

/** What to save, and as what. */
export interface SaveRequest {
  readonly name: FullyQualifiedName;
  readonly change: ActionChange;
  readonly verb: 'create' | 'update';
  /** An action that has the name already is no error, and stays as it is. */
  readonly ifNotExists?: boolean;
  /** Hints for statuses, for example the update command for 409. */
  readonly hints?: Readonly<Record<number, string>>;
}

/** What the stored action or the copied one brings along. */
interface Base {
  readonly exec?: JsonValue;
  readonly limits?: JsonObject;
  readonly parameters?: readonly WireEntry[];
  readonly annotations?: readonly WireEntry[];
}

/** Creates or updates an action with one PUT; other actions are read first only where the change needs it (C-39, C-64). */
export async function saveAction(request: SaveRequest, deps: SaveActionDeps): Promise<SavedAction> {
  const { name, change, verb } = request;
  const copied = change.copyFrom === undefined ? undefined : await readBase(change.copyFrom, true, deps);
  const stored = verb === 'update' && needsStored(change) ? await readStored(name, deps) : undefined;
  const { body, generatedSecret } = bodyText(change, { copied, stored }, deps.random);
  const attempt = {
    what: `${verb} action '${entityName(name)}'`,
    ...(request.hints === undefined ? {} : { hints: request.hints }),
  };
  try {
    const answer = await deps.actions.put(name, body, { overwrite: verb === 'update', attempt });
    return { name, body: answer, ...(generatedSecret === undefined ? {} : { generatedSecret }) };
  } catch (error) {
    const taken = error instanceof HttpError && error.status === 409;
    // A 409 may also mean that the name is taken by an entity of another kind; then the read fails and says so.
    if (taken && request.ifNotExists === true)
      return { name, body: await deps.actions.get(name, { code: false }), existed: true };
    throw await withMissingComponents(error, change, name.namespace, deps);
  }
}

function needsStored(change: ActionChange): boolean {
  const { web, webSecret, removedParameters, removedEnvironment } = change;
  return [web, webSecret, removedParameters, removedEnvironment].some((part) => part !== undefined);
}

function bodyText(
  change: ActionChange,
  { copied, stored }: { readonly copied: Base | undefined; readonly stored: Base | undefined },
  random: Random,
): { readonly body: string; readonly generatedSecret?: string | undefined } {
  const given = mergeEntries(copied?.annotations ?? [], change.annotations ?? []);
  const known = mergeEntries(stored?.annotations ?? [], given);
  const web = webChange({ web: change.web, secret: change.webSecret, known }, random);
  // With --web and no -a all that is stored is sent again, for hosts that replace annotations instead of merging them (C-40).
  const base =
    change.web === undefined || change.annotations !== undefined ? secretOf(stored) : (stored?.annotations ?? []);
  const removed = [...(change.removedAnnotations ?? []), ...web.removed];
  const kept = base.filter(({ key }) => !removed.includes(key));
  const annotations = mergeEntries(kept, given, web.annotations).filter(({ key }) => !web.removed.includes(key));
  const parameters = parametersOf(change, { copied, stored });
  const exec = change.exec ?? copied?.exec;
  const limits = { ...copied?.limits, ...change.limits };
  const members = [
    ...(exec === undefined ? [] : [`"exec":${stringifyJson(exec)}`]),
    ...(parameters === undefined ? [] : [`"parameters":${entriesText(parameters)}`]),
    ...(annotations.length === 0 && change.annotations === undefined
      ? []
      : [`"annotations":${entriesText(annotations)}`]),
    ...(removed.length === 0 ? [] : [`"delAnnotations":${JSON.stringify(removed)}`]),
    ...(Object.keys(limits).length === 0 ? [] : [`"limits":${stringifyJson(limits)}`]),
  ];
  return { body: `{${members.join(',')}}`, generatedSecret: web.generatedSecret };
}

/** A stored secret is always carried over (C-40). */
function secretOf(stored: Base | undefined): readonly WireEntry[] {
  return (stored?.annotations ?? []).filter(({ key }) => key === 'require-whisk-auth');
}

function parametersOf(
  change: ActionChange,
  { copied, stored }: { readonly copied: Base | undefined; readonly stored: Base | undefined },
): readonly WireEntry[] | undefined {
  const { removedParameters, removedEnvironment } = change;
  if (removedParameters === undefined && removedEnvironment === undefined) {
    if (copied?.parameters === undefined) return change.parameters;
    return mergeEntries(copied.parameters, change.parameters ?? []);
  }
  const isRemoved = ({ key, init }: WireEntry): boolean =>
    (init === true ? removedEnvironment : removedParameters)?.includes(key) === true;
  const remaining = (stored?.parameters ?? []).filter((entry) => !isRemoved(entry));
  return mergeEntries(remaining, change.parameters ?? []);
}

/** The action to update; one that does not exist yet brings nothing along. */
async function readStored(name: FullyQualifiedName, deps: SaveActionDeps): Promise<Base | undefined> {
  try {
    return await readBase(name, false, deps);
  } catch (error) {
    if (error instanceof HttpError && error.status === 404) return undefined;
    throw error;
  }
}

async function readBase(name: FullyQualifiedName, code: boolean, deps: SaveActionDeps): Promise<Base> {
  const action = parseJson(await deps.actions.get(name, { code }));
  if (!isJsonObject(action)) {
    throw new NetworkError(`Unable to get action '${entityName(name)}': the host did not answer with an action`);
  }
  const { exec, limits, parameters, annotations } = action;
  return {
    ...(exec === undefined ? {} : { exec }),
    ...(isJsonObject(limits) ? { limits } : {}),
    parameters: toEntries(parameters),
    // The server writes `exec` itself (openwhisk-api.md §7.5).
    annotations: toEntries(annotations).filter(({ key }) => key !== 'exec'),
  };
}

/** The entries of an array of parameters or annotations. */
export function toEntries(value: JsonValue | undefined): readonly WireEntry[] {
  if (!Array.isArray(value)) return [];
  const items: readonly JsonValue[] = value;
  return items.flatMap((item) => {
    if (!isJsonObject(item)) return [];
    const { key, value: given, init } = item;
    if (typeof key !== 'string' || given === undefined) return [];
    return [{ key, value: stringifyJson(given), ...(init === true ? { init } : {}) }];
  });
}

/** Names the components of a sequence that do not exist, which the server does not (C-38). */
async function withMissingComponents(
  error: unknown,
  change: ActionChange,
  namespace: string,
  deps: SaveActionDeps,
): Promise<unknown> {
  if (!(error instanceof HttpError) || !error.message.includes('Sequence component does not exist')) return error;
  const missing: string[] = [];
  for (const component of componentsOf(change.exec)) {
    const name = parseFullyQualifiedName(component, namespace);
    const exists = await deps.actions.get(name, { code: false }).then(
      () => true,
      (cause: unknown) => !(cause instanceof HttpError && cause.status === 404),
    );
    if (!exists) missing.push(formatFullyQualifiedName(name));
  }
  if (missing.length === 0 || error.status === undefined) return error;
  const hint = `missing: ${missing.join(', ')}`;
  return new HttpError(error.message, { status: error.status, transactionId: error.transactionId, hint, cause: error });
}

function componentsOf(exec: object | undefined): readonly string[] {
  const components: unknown = exec !== undefined && 'components' in exec ? exec.components : undefined;
  return Array.isArray(components) ? components.filter((component) => typeof component === 'string') : [];
}
