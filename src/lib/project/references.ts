import { maxSequenceLength } from '../entity/limits.js';
import { madeWeb } from './annotations.js';
import type { DesiredApi, DesiredRule, DesiredSequence } from './desired-state.js';
import type { ActionDraft, ProjectDraft, Reference, RouteDraft, RuleDraft, SequenceDraft } from './draft.js';
import { ownKey, qualify } from './names.js';
import type { Reading } from './reading.js';

/** A draft and what reports go to. */
interface Resolving {
  readonly reading: Reading;
  readonly draft: ProjectDraft;
}

/** The sequences of a draft by their keys, components as `/ns/package/name` (§1.1.5). */
export function resolveSequences(reading: Reading, draft: ProjectDraft): ReadonlyMap<string, DesiredSequence> {
  const sequences = [...draft.actions.values()].filter((action) => action.type === 'sequence');
  const resolved = sequences.map((sequence) => [sequence.key, resolveSequence({ reading, draft }, sequence)] as const);
  const found = new Map(resolved);
  for (const sequence of sequences) reportCycle({ reading, draft }, sequence, found);
  return found;
}

function resolveSequence(
  resolving: Resolving,
  { at, components, annotations, version, ...own }: SequenceDraft,
): DesiredSequence {
  if (components.length > maxSequenceLength) {
    const message = `a sequence has at most ${String(maxSequenceLength)} actions, this one has ${String(components.length)}`;
    resolving.reading.diagnostics.error('sequence-too-long', at, message);
  }
  return {
    sequence: components.flatMap((component) => resolveAction(resolving, component, own.package) ?? []),
    ...(version === undefined ? {} : { version }),
    annotations,
  };
}

function reportCycle(
  { reading }: Resolving,
  { at, key }: SequenceDraft,
  sequences: ReadonlyMap<string, DesiredSequence>,
): void {
  const path = cycleFrom(key, sequences);
  if (path === undefined) return;
  reading.diagnostics.error('sequence-cycle', at, `the sequence calls itself: ${[...path, key].join(' → ')}`);
}

/** The way from a sequence back to itself, breadth first, so that it is the shortest. */
function cycleFrom(start: string, sequences: ReadonlyMap<string, DesiredSequence>): readonly string[] | undefined {
  const ways: (readonly string[])[] = [[start]];
  const seen = new Set<string>();
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    const components = sequences.get(way.at(-1) ?? '')?.sequence ?? [];
    for (const component of components) {
      const key = ownKey(component);
      if (key === start) return way;
      if (key === undefined || seen.has(key)) continue;
      seen.add(key);
      ways.push([...way, key]);
    }
  }
  return undefined;
}

/** The rules of a draft; what names nothing is reported and left out (§1.1.5). */
export function resolveRules(reading: Reading, draft: ProjectDraft): ReadonlyMap<string, DesiredRule> {
  const resolved = new Map<string, DesiredRule>();
  for (const [name, rule] of draft.rules) {
    const trigger = resolveTrigger({ reading, draft }, rule);
    const action = rule.action === undefined ? undefined : resolveAction({ reading, draft }, rule.action, rule.package);
    if (trigger === undefined || action === undefined) continue;
    resolved.set(name, { trigger, action, annotations: rule.annotations });
  }
  return resolved;
}

function resolveTrigger({ reading, draft }: Resolving, { trigger }: RuleDraft): string | undefined {
  if (trigger === undefined) return undefined;
  const { text, at } = trigger;
  const own = text.replace(/^\/_\//, '');
  if (!own.includes('/')) {
    if (!draft.triggers.has(own)) {
      const suggestion = reading.nearest(own, draft.triggers.keys());
      reading.diagnostics.error('unknown-trigger', at, `the project has no trigger '${own}'`, { suggestion });
    }
    return own;
  }
  if (/^\/[^/]+\/[^/]+$/.test(text)) return text;
  reading.diagnostics.error('unknown-trigger', at, `'${text}' is not the name of a trigger`);
  return undefined;
}

/** An action or sequence as `/ns/package/name`. One that the project should have and has not is an error. */
function resolveAction({ reading, draft }: Resolving, { text, at }: Reference, ownPackage: string): string | undefined {
  const { diagnostics, nearest } = reading;
  const qualified = qualify(text, ownPackage);
  if (qualified === undefined) {
    diagnostics.error('unknown-action', at, `'${text}' is not the name of an action`);
    return undefined;
  }
  const key = ownKey(qualified);
  if (key === undefined || draft.actions.has(key)) return qualified;
  const [packageName = ''] = key.includes('/') ? key.split('/') : [''];
  const known = draft.packages.get(packageName)?.value;
  if (known !== undefined && 'binding' in known) return qualified;
  if (text.includes('/') && known === undefined) {
    diagnostics.warning('unknown-action', at, `'${key}' is not of this project; it has to exist on the target`);
    return qualified;
  }
  const elsewhere = [...draft.actions.keys()].find((other) => other.split('/').at(-1) === text);
  const suggestion = elsewhere === undefined ? nearest(text, namesFor(text, draft, packageName)) : spelled(elsewhere);
  diagnostics.error('unknown-action', at, `the project has no action '${key}'`, { suggestion });
  return qualified;
}

/** How an action elsewhere in the project is written. */
function spelled(key: string): string {
  return key.includes('/') ? key : `/_/${key}`;
}

function namesFor(text: string, { actions }: ProjectDraft, packageName: string): readonly string[] {
  if (text.includes('/')) return [...actions.keys()];
  return [...actions.values()]
    .filter((action) => action.package === packageName)
    .map(({ key }) => key.split('/').at(-1) ?? key);
}

/**
 * The routes of a draft. An action that is not web is made web, with a warning, because a gateway reaches web actions only; `web: no` and
 * `--strict` make it an error (§1.1.6).
 */
export function resolveRoutes(reading: Reading, draft: ProjectDraft): readonly DesiredApi[] {
  return draft.routes.map((route) => {
    const action = draft.actions.get(route.action);
    if (action === undefined) reportUnknownRoute(reading, draft, route);
    else requireWeb(reading, draft, { route, action });
    const { at: _at, ...api } = route;
    return api;
  });
}

function reportUnknownRoute(
  { diagnostics, nearest }: Reading,
  { actions }: ProjectDraft,
  { action, at }: RouteDraft,
): void {
  const suggestion = nearest(action, actions.keys())?.split('/').at(-1);
  diagnostics.error('unknown-action', at, `the project has no action '${action}'`, { suggestion });
}

function requireWeb(
  { diagnostics, strict }: Reading,
  { actions }: ProjectDraft,
  { route, action }: { readonly route: RouteDraft; readonly action: ActionDraft },
): void {
  if (action.annotations['web-export'] === true) return;
  if (strict || action.web === 'false') {
    diagnostics.error('api-needs-web-action', route.at, `the route leads to '${action.key}', which is no web action`, {
      hint: `write web: true in the action '${action.key}'`,
    });
    return;
  }
  diagnostics.warning(
    'api-needs-web-action',
    route.at,
    `'${action.key}' becomes a web action, because a route leads to it`,
    {
      hint: `write web: true in the action '${action.key}'`,
    },
  );
  actions.set(action.key, { ...action, web: 'true', annotations: madeWeb(action.annotations) });
}
