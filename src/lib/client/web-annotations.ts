import type { Random } from '../entity/random.js';
import { UsageError } from '../errors/client-errors.js';
import type { WebExport, WebSecret, WireEntry } from './action-change.js';

const webExport = 'web-export';
const secretKey = 'require-whisk-auth';

/** The three annotations of each form of `--web` (C-40); all three are always sent, as wsk does. */
const values: Readonly<Record<WebExport, readonly [string, string, string]>> = {
  true: ['true', 'false', 'true'],
  raw: ['true', 'true', 'true'],
  false: ['false', 'false', 'false'],
};

/** What `--web` and `--web-secure` change. */
export interface WebChange {
  readonly annotations: readonly WireEntry[];
  readonly removed: readonly string[];
  /** A secret that was made just now and has to be shown once. */
  readonly generatedSecret?: string;
}

/** Annotations of `--web` and `--web-secure` (C-40, C-41). `known` are those that the action has or gets otherwise. Throws UsageError. */
export function webChange(
  options: {
    readonly web?: WebExport | undefined;
    readonly secret?: WebSecret | undefined;
    readonly known: readonly WireEntry[];
  },
  random: Random,
): WebChange {
  const exported = options.web === undefined ? [] : exportEntries(options.web);
  const { secret } = options;
  if (secret === undefined) return { annotations: exported, removed: [] };
  const isWeb = valueOf([...options.known, ...exported], webExport) === 'true';
  if (!isWeb) throw new UsageError('The --web-secure option is only valid when the --web option is enabled.');
  if (secret.type === 'none') return { annotations: exported, removed: [secretKey] };
  if (secret.type === 'own') return { annotations: [...exported, entry(JSON.stringify(secret.secret))], removed: [] };
  const stored = valueOf(options.known, secretKey);
  if (stored !== undefined && /^\d+$/.test(stored)) return { annotations: [...exported, entry(stored)], removed: [] };
  const generatedSecret = randomInteger(random);
  return { annotations: [...exported, entry(generatedSecret)], removed: [], generatedSecret };
}

function exportEntries(web: WebExport): WireEntry[] {
  const [exported, raw, final] = values[web];
  return [
    { key: webExport, value: exported },
    { key: 'raw-http', value: raw },
    { key: 'final', value: final },
  ];
}

function entry(value: string): WireEntry {
  return { key: secretKey, value };
}

function valueOf(entries: readonly WireEntry[], key: string): string | undefined {
  return entries.findLast((candidate) => candidate.key === key)?.value;
}

/** Evenly distributed below 2^53, in digits. */
function randomInteger(random: Random): string {
  return String(BigInt(`0x${random.hex(7)}`) & BigInt(Number.MAX_SAFE_INTEGER));
}
