import type { Fields } from './fields.js';
import { type Reading, resolveText } from './reading.js';
import { isEmpty, type ScalarNode } from './source-tree.js';
import type { Scope } from './variables.js';

/** The target that flags, environment or context have chosen, as far as it is known. */
export interface ChosenTarget {
  readonly namespace?: string | undefined;
  readonly apihost?: string | undefined;
}

/** What the project itself says about its connection: by key, in deployment files before the manifest (§1.1). */
export interface WrittenConnection {
  readonly project: Fields | undefined;
  readonly deployment: ReadonlyMap<string, ScalarNode>;
  readonly scope: Scope;
}

/**
 * Checks that a project does not go to another place than its files say, and that no key lies in them. Without `target`
 * (`--ignore-target`, or nothing that sends) only the latter. It is asked only when the files name a place, since to know it a local platform
 * may have to be started.
 */
export async function checkTarget(
  reading: Reading,
  written: WrittenConnection,
  target?: () => Promise<ChosenTarget>,
): Promise<void> {
  const credential = nodeOf(written, 'credential');
  if (credential !== undefined && !credential.text.startsWith('$')) {
    const message = "'credential' does not belong into a file that is shared";
    reading.diagnostics.warning('secret-in-manifest', credential, message, {
      hint: 'keep the key in a context (rt login) or in the environment',
    });
  }
  const namesPlace = nodeOf(written, 'namespace') !== undefined || nodeOf(written, 'apiHost') !== undefined;
  if (target === undefined || !namesPlace) return;
  const chosen = await target();
  compare(reading, written, { key: 'namespace', what: 'namespace', chosen: chosen.namespace });
  compare(reading, written, { key: 'apiHost', what: 'API host', chosen: chosen.apihost });
}

function compare(
  reading: Reading,
  written: WrittenConnection,
  { key, what, chosen }: { readonly key: string; readonly what: string; readonly chosen: string | undefined },
): void {
  const node = nodeOf(written, key);
  // `_` is whatever namespace the key has.
  if (node === undefined || chosen === undefined || chosen === '_') return;
  const wanted = resolveText(reading, node, written.scope);
  if (wanted === '' || wanted === '_' || plainHost(wanted) === plainHost(chosen)) return;
  const message = `the project is for the ${what} '${wanted}', the target is '${chosen}'`;
  reading.diagnostics.error('target-mismatch', node, message, {
    hint: 'choose the target with --context, or say --ignore-target',
  });
}

function nodeOf({ project, deployment }: WrittenConnection, key: string): ScalarNode | undefined {
  const node = deployment.get(key) ?? project?.scalar(key);
  return node === undefined || isEmpty(node) ? undefined : node;
}

/** A host however it is written; names of namespaces stay as they are. */
function plainHost(text: string): string {
  return text.replace(/^https?:\/\//i, '').replace(/\/+$/, '');
}
