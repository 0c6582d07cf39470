import { childCost, type ChildCost } from '../child-cost.js';
import { interleave } from '../interleave.js';
import { load } from '../load/load.js';
import type { LoadResult } from '../load/run-load.js';
import { plainTable } from '../plain-table.js';
import { median, medianRatio } from '../statistics.js';
import { WarmStage, type WarmServer } from '../suites/warm-stage.js';
import { commandLinePeers } from './command-lines.js';

/** How long it may take. */
export interface PeersOptions {
  readonly short: boolean;
  readonly onRound: () => void;
}

const servers: readonly (readonly [WarmServer, string])[] = [
  ['RT', 'rt, whole REST route'],
  ['FF', 'functions-framework'],
  ['H0', 'bare node:http'],
];

const connectionCounts = [1, 16, 64];

/** `--peers`: what a user of rt gets beside what else is installed, on the same action. */
export async function peersPage(options: PeersOptions): Promise<string> {
  const stage = new WarmStage();
  try {
    return [await commandLines(stage, options), await warmServers(stage, options)].join('\n\n');
  } finally {
    await stage.dispose();
  }
}

/** Each command line against the same platform, as multiples of `node -e 0`. */
async function commandLines(stage: WarmStage, { short, onRound }: PeersOptions): Promise<string> {
  const { playground, address } = await stage.platform();
  const { peers, missing } = await commandLinePeers(playground, address);
  const contestants = new Map<string, () => Promise<ChildCost>>();
  const floor = 'node -e 0';
  contestants.set(floor, () => childCost([process.execPath, '-e', '0'], playground.env));
  for (const { name, list, invoke, env } of peers) {
    const all = { ...playground.env, ...env };
    contestants.set(`${name} list`, () => childCost(list, all));
    contestants.set(`${name} invoke`, () => childCost(invoke, all));
  }
  // Fills caches.
  for (const measure of contestants.values()) await measure();
  const samples = await interleave(Object.fromEntries(contestants), short ? 5 : 15, onRound);
  const over = (name: string, take: (cost: ChildCost) => number): string => {
    const costs = samples(name).map(take);
    return `${median(costs).toFixed(0)} ms, ${medianRatio(costs, samples(floor).map(take)).toFixed(1)} ×`;
  };
  const lines = [...contestants.keys()].map((name) => [
    name,
    over(name, ({ wall }) => wall),
    over(name, ({ cpu }) => cpu),
  ]);
  const absent = missing.map((name) => [name, 'not on PATH']);
  return plainTable([['one command line (multiples of node -e 0)', 'wall', 'CPU'], ...lines, ...absent]);
}

/** Each server with the same greeting, warm. */
async function warmServers(stage: WarmStage, { short, onRound }: PeersOptions): Promise<string> {
  const times = short ? { warmUp: 500, duration: 1_000 } : { warmUp: 2_000, duration: 3_000 };
  const contestants = new Map<string, () => Promise<LoadResult>>();
  for (const [server] of servers) {
    const target = await stage.target(server);
    for (const connections of connectionCounts) {
      contestants.set(`${server} ${String(connections)}`, () => load(target, { ...times, connections }));
    }
  }
  const samples = await interleave(Object.fromEntries(contestants), 3, onRound);
  const of = (server: WarmServer, connections: number, take: (result: LoadResult) => number): number =>
    median(samples(`${server} ${String(connections)}`).map(take));
  const lines = servers.map(([server, name]) => [
    name,
    of(server, 1, ({ p50 }) => p50).toFixed(2),
    ...connectionCounts.map((connections) => of(server, connections, ({ rate }) => rate).toFixed(0)),
    of(server, 64, ({ p99 }) => p99).toFixed(0),
  ]);
  const rates = connectionCounts.map((connections) => `req/s, ${String(connections)}`);
  return plainTable([['warm invocations (connections)', 'p50 ms, 1', ...rates, 'p99 ms, 64'], ...lines]);
}
