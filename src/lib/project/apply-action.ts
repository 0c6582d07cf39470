import { parsedOrUndefined } from '../client/list-records.js';
import type { ActionsClient } from '../client/actions-client.js';
import { isJsonObject } from '../entity/json.js';
import { entityBody } from './entity-body.js';
import { valuesIn } from './live-state.js';
import type { ApplyReport } from './outcome.js';
import type { Plan, PlannedWrite } from './plan-model.js';
import { placeOf } from './planned-entity.js';

/** The annotations that decide who may call an action. */
const webKeys = ['web-export', 'raw-http', 'final'];

/**
 * Writes an action. Where annotations had to go the answer is looked at: a platform that keeps them gets `false` for those that make an
 * action public; what else is left is a warning (D-16).
 */
export async function applyAction(
  write: PlannedWrite,
  plan: Plan,
  { actions, report }: { readonly actions: ActionsClient; readonly report: ApplyReport },
): Promise<void> {
  const name = actions.resolve(placeOf(write.entity));
  const attempt = { what: `${write.op} action '${write.entity.name}'` };
  const { text, gone } = await entityBody(write, plan);
  const answer = await actions.put(name, text, { overwrite: true, attempt });
  if (gone.length === 0) return;
  const left = stuck(answer, gone);
  const web = left.filter((key) => webKeys.includes(key));
  if (web.length > 0) {
    const annotations = web.map((key) => ({ key, value: false }));
    const body = JSON.stringify({ annotations, version: write.version });
    await actions.put(name, body, { overwrite: true, attempt });
  }
  const others = left.filter((key) => !webKeys.includes(key));
  if (others.length > 0) {
    report.warning(
      `annotation-stuck: action '${write.entity.name}' keeps ${others.join(', ')}; the host does not remove it`,
    );
  }
}

/** Those of the annotations that the stored action still has, unless they say `false`. */
function stuck(answer: string, gone: readonly string[]): readonly string[] {
  const document = parsedOrUndefined(answer);
  const kept = isJsonObject(document) ? valuesIn(document['annotations']) : {};
  return gone.filter((key) => Object.hasOwn(kept, key) && kept[key] !== false);
}
