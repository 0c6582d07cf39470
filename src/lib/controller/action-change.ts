import type { EntityKey } from '../database/artifact-store.js';
import type { ActionBody } from '../entity/action-body.js';
import type { Exec } from '../entity/exec.js';
import { defaultActionLimits } from '../entity/limits.js';
import { annotationValue, type KeyValue, lastByKey, type Parameter, withinSize } from '../entity/parameters.js';
import { firstVersion, nextVersion } from '../entity/semantic-version.js';
import type { WhiskAction } from '../entity/whisk-action.js';

/** A new action (openwhisk-api.md §6.2, §7.4, §7.5). */
export function newAction(key: EntityKey, body: ActionBody, exec: Exec, now: number): WhiskAction {
  const given = body.annotations ?? [];
  const apiKey = { key: 'provide-api-key', value: false };
  const annotations = annotationValue(given, apiKey.key) === undefined ? [...given, apiKey] : given;
  return {
    namespace: key.package === '' ? key.namespace : `${key.namespace}/${key.package}`,
    name: key.name,
    version: body.version ?? firstVersion,
    publish: body.publish ?? false,
    annotations: withExec(annotations, exec),
    parameters: parametersOf(exec, body.parameters ?? []),
    limits: { ...defaultActionLimits, ...body.limits },
    exec,
    updated: now,
  };
}

/** An action after an update: given fields replace the stored ones, annotations merge (openwhisk-api.md §6.3, §7.6). */
export function updatedAction(stored: WhiskAction, body: ActionBody, exec: Exec, now: number): WhiskAction {
  const removed = new Set(body.delAnnotations);
  const kept = stored.annotations.filter(({ key }) => !removed.has(key));
  const annotations = lastByKey([...kept, ...(body.annotations ?? [])]);
  return {
    ...stored,
    version: body.version ?? nextVersion(stored.version),
    publish: body.publish ?? stored.publish,
    annotations: withinSize('annotations', withExec(annotations, exec)),
    parameters: parametersOf(exec, body.parameters ?? keptParameters(stored, exec)),
    limits: { ...stored.limits, ...body.limits },
    exec,
    // Grows also when the clock stands still or jumps back.
    updated: Math.max(now, stored.updated + 1),
  };
}

/** A sequence has no parameters of its own: what is given is discarded, what it shows are its components (§7.6). */
function parametersOf(exec: Exec, given: readonly Parameter[]): readonly Parameter[] {
  return 'components' in exec ? [{ key: '_actions', value: exec.components }] : given;
}

/** The parameters of a sequence only describe it: code that replaces it starts with none. */
function keptParameters(stored: WhiskAction, exec: Exec): readonly Parameter[] {
  return stored.exec.kind === 'sequence' && exec.kind !== 'sequence' ? [] : stored.parameters;
}

/** The server's annotation `exec` overrides the client's. */
function withExec(annotations: readonly KeyValue[], exec: Exec): KeyValue[] {
  return lastByKey([...annotations, { key: 'exec', value: exec.kind }]);
}
