import { type Change, CorruptEntity, type StoredEntity } from '../database/artifact-store.js';
import { isJsonObject, type JsonObject, parseJson, stringifyJson } from '../entity/json.js';
import type { Parameter } from '../entity/parameters.js';
import type { WhiskPackage } from '../entity/whisk-package.js';

/** A package that was found, with its place and revision. */
export interface FoundPackage {
  readonly entity: StoredEntity;
  readonly found: WhiskPackage;
}

/** What a package shows of an action in it (openwhisk-api.md §16.2). */
interface PackagedAction {
  readonly name: string;
  readonly version: string;
  readonly annotations: readonly { readonly key: string }[];
}

/** A package from its stored document; throws CorruptEntity when that is none (RS-110). */
export function toPackage({ document, key }: StoredEntity): WhiskPackage {
  const { binding, ...known } = document;
  const { parameters, annotations, version, publish } = known;
  const sound =
    Array.isArray(parameters) &&
    Array.isArray(annotations) &&
    typeof version === 'string' &&
    typeof publish === 'boolean' &&
    isJsonObject(binding);
  if (!sound) throw new CorruptEntity(key);
  return (typeof binding['name'] === 'string' ? document : known) as unknown as WhiskPackage;
}

/** The write of a package; lists show `binding` as an object or `false` (openwhisk-api.md §6.5). */
export function putPackage({ key, revision }: Pick<StoredEntity, 'key' | 'revision'>, written: WhiskPackage): Change {
  const { namespace, name, version, publish, annotations, binding = false, updated } = written;
  const document: JsonObject = {
    ...shown(written),
    annotations: annotations.map((annotation) => ({ ...annotation })),
    parameters: written.parameters.map((parameter) => ({ ...parameter })),
    binding: { ...written.binding },
  };
  const summary = stringifyJson({ namespace, name, version, publish, annotations, binding, updated });
  return { put: { collection: 'packages', key, document, summary, updated }, expected: revision };
}

/** The answer of `PUT` and `DELETE`: only the package's own parameters, no contents (openwhisk-api.md §16.2). */
export function toPackageText(written: WhiskPackage): string {
  return stringifyJson(shown(written));
}

/** The answer of `GET`: merged parameters, and the actions of the package or of the provider, given as their summaries. */
export function toPackageWithContents(
  found: WhiskPackage,
  parameters: readonly Parameter[],
  summaries: readonly string[],
): string {
  const contents = summaries.map(toPackagedAction);
  const isFeed = ({ annotations }: PackagedAction): boolean => annotations.some(({ key }) => key === 'feed');
  return stringifyJson({
    ...shown(found),
    parameters,
    actions: contents.filter((action) => !isFeed(action)),
    feeds: contents.filter(isFeed),
  });
}

/** Whether the summary of a package lets others see it in a list: public, and no binding (openwhisk-api.md §4.3). */
export function isListedForOthers(summary: string): boolean {
  const { publish, binding } = parseJson(summary) as JsonObject;
  return publish === true && binding === false;
}

/** The simple name in the summary of an action. */
export function nameInSummary(summary: string): string {
  return toPackagedAction(summary).name;
}

function toPackagedAction(summary: string): PackagedAction {
  const { name, version, annotations } = parseJson(summary) as unknown as PackagedAction;
  return { name, version, annotations };
}

function shown({
  binding,
  updated,
  ...others
}: WhiskPackage): Omit<WhiskPackage, 'binding'> & { readonly binding: object } {
  return { ...others, binding: { ...binding }, updated };
}
