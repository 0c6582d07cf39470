import { type JsonValue, numberOf } from '../entity/json.js';
import type { KeyValue } from '../entity/parameters.js';
import type { ExecutableAction } from './activation-message.js';

/** What is the same in the requests and records of all activations of an executable action, written once. */
export interface ExecutableTexts {
  /** `ns/[pkg/]name`, for the `path` annotation and for people. */
  readonly path: string;
  /** Members of the request to `/run`: fully qualified name with a leading slash, and version (openwhisk-api.md §8.7). */
  readonly context: string;
  /** Whether actions get the key of the caller: the annotation `provide-api-key` is truthy or missing (AI-318). */
  readonly providesKey: boolean;
  /** The members `name` and `version` of a record, as JSON text. */
  readonly nameTexts: string;
  /** The package by which lists filter; through a binding that is the binding's name (openwhisk-api.md §10.4). */
  readonly packageName: string;
  /** The annotations of a record that do not depend on the activation (§10.1), as JSON text without brackets. */
  readonly annotationTexts: string;
}

/** Goes with the prepared action that the controller keeps. Writing these costs a third of a record (P-23). */
const known = new WeakMap<ExecutableAction, ExecutableTexts>();

/** The constant texts of an executable action. */
export function textsOf(executable: ExecutableAction): ExecutableTexts {
  const found = known.get(executable);
  if (found !== undefined) return found;
  const texts = write(executable);
  known.set(executable, texts);
  return texts;
}

function write({ action, binding }: ExecutableAction): ExecutableTexts {
  const { name, version } = action;
  const path = `${action.namespace}/${name}`;
  const annotations: KeyValue[] = [
    { key: 'path', value: path },
    { key: 'kind', value: action.exec.kind },
    { key: 'limits', value: { ...action.limits } },
  ];
  if (binding !== undefined) annotations.push({ key: 'binding', value: binding });
  const wish = action.annotations.findLast(({ key }) => key === 'provide-api-key');
  return {
    path,
    context: `"action_name":${JSON.stringify(`/${path}`)},"action_version":${JSON.stringify(version)}`,
    providesKey: wish === undefined || isTruthy(wish.value),
    nameTexts: `"name":${JSON.stringify(name)},"version":${JSON.stringify(version)}`,
    packageName: afterSlash(binding ?? action.namespace),
    annotationTexts: annotations.map((one) => JSON.stringify(one)).join(','),
  };
}

function afterSlash(path: string): string {
  const slash = path.indexOf('/');
  return slash < 0 ? '' : path.slice(slash + 1);
}

function isTruthy(value: JsonValue): boolean {
  return value !== null && value !== false && value !== '' && numberOf(value) !== 0;
}
