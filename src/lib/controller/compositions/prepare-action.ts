import type { ArtifactStore } from '../../database/artifact-store.js';
import type { Access } from '../../entitlement/entitlement.js';
import { type JsonValue, numberOf } from '../../entity/json.js';
import { defineArguments, mergeParameters } from '../../entity/merge-arguments.js';
import { annotationValue } from '../../entity/parameters.js';
import type { WhiskAction } from '../../entity/whisk-action.js';
import type { FoundAction } from '../action-reader.js';
import { isBuiltIn } from './built-in-actions.js';
import type { Composite, PreparedAction } from './activation-order.js';

/** Puts together what every activation of an action needs, with the parameters of package and binding (§8.5). */
export function prepareAction(
  { action, entity }: FoundAction,
  { package: through }: Access,
  artifacts: Pick<ArtifactStore, 'code'>,
): PreparedAction {
  const composite = compositeOf(action);
  // The parameters of a sequence only list its components, and those of its package are not passed on (§11.2).
  const layers = composite === 'sequence' ? [action.parameters] : [through?.parameters ?? [], action.parameters];
  return {
    definition: defineArguments(mergeParameters(layers), annotationValue(action.annotations, 'final') === true),
    executable: {
      action,
      revision: entity.revision,
      code: () => artifacts.code(entity.key, entity.revision),
      ...(through?.binding === undefined ? {} : { binding: through.binding }),
    },
    ...(composite === undefined ? {} : { composite }),
  };
}

function compositeOf(action: WhiskAction): Composite | undefined {
  const { exec, annotations } = action;
  if (exec.kind === 'sequence') return 'sequence';
  if (isBuiltIn(action)) return 'built-in';
  return isTruthy(annotationValue(annotations, 'conductor')) ? 'composition' : undefined;
}

/** What counts as true for `conductor`: anything but absence, `false`, `0`, `""` and `null` (openwhisk-api.md §7.5). */
function isTruthy(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === false || value === '') return false;
  return numberOf(value) !== 0;
}
