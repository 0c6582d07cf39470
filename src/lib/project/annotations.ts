import { numberOf } from '../entity/json.js';
import type { Values } from './desired-state.js';
import type { WebMode } from './draft.js';
import { inputPlace, writtenInputs } from './inputs.js';
import { type Reading, resolveText } from './reading.js';
import { describeNode, isEmpty, type MapNode, type SourceNode } from './source-tree.js';
import { readValue } from './values.js';
import type { Scope } from './variables.js';

const secretKey = 'require-whisk-auth';

/** Annotations that `web` stands for; `false` is said, not left out (measured on wskdeploy). */
const webAnnotations: Readonly<Record<WebMode, Values>> = {
  true: { 'web-export': true, 'raw-http': false, final: true },
  raw: { 'web-export': true, 'raw-http': true, final: true },
  false: { 'web-export': false, 'raw-http': false, final: false },
};

/** What the annotations of one entity are made of. */
export interface WrittenAnnotations {
  readonly map: MapNode | undefined;
  readonly deployment: ReadonlyMap<string, SourceNode> | undefined;
  readonly description: string | undefined;
  readonly web?: WebMode | undefined;
  readonly conductor?: boolean | undefined;
  /** Where origins are kept, `actions/p/a`. */
  readonly path: string;
}

/** Annotations in wskdeploy's order: what is written, then `web` and `conductor` on top (§1.1.2). */
export function readAnnotations(reading: Reading, written: WrittenAnnotations, scope: Scope): Values {
  const values = writtenInputs(written.map, written.deployment).map(({ name, manifest, deployment }) => {
    const from = deployment === undefined ? 'manifest' : 'deployment';
    const node = deployment ?? manifest;
    if (node === undefined) return [name, ''] as const;
    const used = new Set<string>();
    // As for inputs, nothing is an empty text.
    const value = isEmpty(node) ? '' : readValue(reading, node, scope, used);
    if (name === secretKey) checkSecret(reading, node, value);
    reading.origins.set(`${written.path}/annotations/${name}`, { from, place: inputPlace(node), variables: [...used] });
    return [name, value] as const;
  });
  return {
    ...(written.description === undefined ? {} : { description: written.description }),
    ...Object.fromEntries(values),
    ...(written.web === undefined ? {} : webAnnotations[written.web]),
    ...(written.conductor === true ? { conductor: true } : {}),
  };
}

function checkSecret({ diagnostics }: Reading, node: SourceNode, value: unknown): void {
  const number = typeof value === 'number' ? numberOf(value) : undefined;
  const whole = Number.isSafeInteger(number) && number !== undefined && number >= 1 && number < Number.MAX_SAFE_INTEGER;
  if (whole || typeof value === 'boolean' || (typeof value === 'string' && value !== '')) return;
  diagnostics.error('bad-value', node, `'${secretKey}' is a text, a whole number from 1 to 2^53-2, true or false`);
}

/** The mode that `web` or `web-export` says, in any case, as text or boolean; undefined when nothing is said (§1.1.2). */
export function readWeb(reading: Reading, node: SourceNode | undefined, scope: Scope): WebMode | undefined {
  if (node === undefined) return undefined;
  const word = node.type === 'scalar' ? resolveText(reading, node, scope).toLowerCase() : undefined;
  switch (word) {
    case 'true':
    case 'yes':
      return 'true';
    case 'false':
    case 'no':
      return 'false';
    case 'raw':
      return 'raw';
    case '':
      return undefined;
    default:
      reading.diagnostics.error('bad-value', node, `'web' must be true, false or raw, not ${describeNode(node)}`);
      return undefined;
  }
}

/** The same annotations with the action made web, for a route that needs it (§1.1.6). */
export function madeWeb(annotations: Values): Values {
  return { ...annotations, ...webAnnotations.true };
}
