import { type ActionLimitBounds, defaultActionLimitBounds } from '../entity/limits.js';
import type { Fields } from './fields.js';
import { type Reading, resolveText } from './reading.js';
import { describeNode, type SourceNode } from './source-tree.js';
import type { Scope } from './variables.js';

/** A limit as it is sent. */
type LimitName = keyof ActionLimitBounds;

interface LimitKey {
  readonly key: string;
  readonly sent: LimitName;
  /** For sentences. */
  readonly unit: string;
}

const limitKeys: readonly LimitKey[] = [
  { key: 'timeout', sent: 'timeout', unit: ' ms' },
  { key: 'memorySize', sent: 'memory', unit: ' MB' },
  { key: 'logSize', sent: 'logs', unit: ' MB' },
  { key: 'concurrency', sent: 'concurrency', unit: '' },
];

/** What each unit counts in that of the limit: ms or MB. */
const units: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ' ms': { ms: 1, s: 1000, sec: 1000, m: 60_000, min: 60_000, h: 3_600_000 },
  ' MB': { m: 1, mb: 1, mib: 1, g: 1024, gb: 1024, gib: 1024 },
  '': {},
};

/**
 * The limits that an action states, as they are sent (§1.1.2). `advertised` are those of the platform; without them the bounds of a stock
 * platform are a warning only, because a platform may allow more. Everything below the least is an error.
 */
export function readLimits(
  reading: Reading,
  fields: Fields,
  { scope, advertised }: { readonly scope: Scope; readonly advertised: ActionLimitBounds | undefined },
): Readonly<Record<string, number>> {
  const limits: Record<string, number> = {};
  for (const { key, sent, unit } of limitKeys) {
    const node = fields.nodeOf(key);
    const value = node === undefined ? undefined : readLimit(reading, node, { key, unit, scope });
    if (node === undefined || value === undefined) continue;
    limits[sent] = value;
    checkRange(reading, node, {
      key,
      unit,
      value,
      bounds: (advertised ?? defaultActionLimitBounds)[sent],
      sure: advertised !== undefined,
    });
  }
  const app = fields.nodeOf('concurrentActivations');
  if (app !== undefined) {
    reading.diagnostics.error('unknown-key', app, "'concurrentActivations' belongs to the App Builder form", {
      suggestion: 'concurrency',
    });
  }
  return limits;
}

function readLimit(
  reading: Reading,
  node: SourceNode,
  { key, unit, scope }: { readonly key: string; readonly unit: string; readonly scope: Scope },
): number | undefined {
  const text = node.type === 'scalar' ? resolveText(reading, node, scope).trim() : '';
  if (/^\d{1,15}$/.test(text)) return Number(text);
  const meant = meaning(text, unit);
  reading.diagnostics.error(
    'wrong-type',
    node,
    `'${key}' must be a whole number${of(unit)}, not ${describeNode(node)}`,
    {
      suggestion: meant === undefined ? undefined : String(meant),
    },
  );
  return undefined;
}

/** `1m` is 60000 ms, `256MB` is 256 MB. */
function meaning(text: string, unit: string): number | undefined {
  const [, digits, suffix] = /^(\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(text) ?? [];
  const factor = suffix === undefined ? undefined : units[unit]?.[suffix.toLowerCase()];
  return factor === undefined ? undefined : Math.round(Number(digits) * factor);
}

function of(unit: string): string {
  return unit === '' ? '' : ` of${unit}`;
}

function checkRange(
  { diagnostics }: Reading,
  node: SourceNode,
  limit: {
    readonly key: string;
    readonly unit: string;
    readonly value: number;
    readonly bounds: { readonly min: number; readonly max: number };
    readonly sure: boolean;
  },
): void {
  const { key, unit, value, bounds, sure } = limit;
  if (value < bounds.min) {
    diagnostics.error('limit-out-of-range', node, `'${key}' is below the least, ${String(bounds.min)}${unit}`);
  } else if (value > bounds.max && sure) {
    diagnostics.error(
      'limit-out-of-range',
      node,
      `'${key}' is above the most of this platform, ${String(bounds.max)}${unit}`,
    );
  } else if (value > bounds.max) {
    diagnostics.warning('limit-out-of-range', node, `'${key}' is above the usual most, ${String(bounds.max)}${unit}`);
  }
}
