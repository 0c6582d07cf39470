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
  const { bytes, gone } = await actionBody(write, plan);
  // What was stored comes back with its code; it is only looked at where annotations had to go (P-51, P-53).
  const unread = gone.length === 0;
  const answer = await actions.put(name, bytes, { overwrite: true, attempt, unread });
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

/** The body as the bytes that are sent, each piece written once into its place; the texts are not kept while it is under way (P-53). */
async function actionBody(write: PlannedWrite, plan: Plan): Promise<{ bytes: Uint8Array; gone: readonly string[] }> {
  const { parts, gone } = await entityBody(write, plan);
  const bytes = Buffer.allocUnsafeSlow(parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0));
  let at = 0;
  for (const part of parts) at += bytes.write(part, at);
  return { bytes, gone };
}

/** Those of the annotations that the stored action still has, unless they say `false`. */
function stuck(answer: string, gone: readonly string[]): readonly string[] {
  const document = parsedOrUndefined(answer);
  const kept = isJsonObject(document) ? valuesIn(document['annotations']) : {};
  return gone.filter((key) => Object.hasOwn(kept, key) && kept[key] !== false);
}
