import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { interleave } from './interleave.js';
import type { HttpTarget } from './load/http-exchange.js';
import type { LoadOrder } from './load/main.js';
import type { LoadPlan, LoadResult } from './load/run-load.js';
import { Playground, type PlatformAddress } from './playground.js';
import type { Figure, MeasureOptions, Suite } from './row.js';
import { startPeer, startSmallServer, type Server } from './servers.js';
import { median } from './statistics.js';
import { warmRows, type WarmRow, type WarmServer } from './warm-rows.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LOAD = fileURLToPath(new URL('load/main.ts', import.meta.url));
const BODY = '{"name":"Bob"}';

type Floors = Readonly<Record<Exclude<WarmServer, 'RT'>, number>>;
type Targets = Readonly<Record<WarmServer, HttpTarget>>;

/** P-20 to P-25: warm invocations through the whole REST route, beside bare servers and the peer. */
export const warmSuite: Suite = {
  rows: warmRows,
  async measure(options: MeasureOptions): Promise<Figure[]> {
    const playground = await Playground.create();
    const { env } = playground;
    const stack = [(): Promise<void> => playground.dispose()];
    try {
      const address = await playground.startPlatform();
      await playground.run('action', 'create', 'greet', 'greet.js');
      const start = async (starting: Promise<Server>): Promise<number> => {
        const server = await starting;
        stack.push(() => server.dispose());
        return server.port;
      };
      const H0 = await start(startSmallServer('bare-http.cjs', env));
      const R0 = await start(startSmallServer('run-proxy.cjs', env));
      const FF = await start(startPeer(env));
      return await measureServers(await targets(address, { H0, R0, FF }), options);
    } finally {
      await Promise.allSettled(stack.reverse().map((dispose) => dispose()));
    }
  },
};

/** Where each server is asked for the same greeting; the action proxy gets its code first. */
async function targets(platform: PlatformAddress, floors: Floors): Promise<Targets> {
  const plain = (port: number, path: string, body: string): HttpTarget => ({ port, path, headers: {}, body });
  const code = await readFile(join(ROOT, 'test/fixtures/samples/greet.js'), 'utf8');
  await fetch(`http://127.0.0.1:${String(floors.R0)}/init`, {
    method: 'POST',
    body: JSON.stringify({ value: { code } }),
  });
  const invoke = '/api/v1/namespaces/_/actions/greet?blocking=true&result=true';
  const authorization = `Basic ${Buffer.from(platform.auth).toString('base64')}`;
  return {
    RT: { ...plain(Number(new URL(platform.url).port), invoke, BODY), headers: { Authorization: authorization } },
    H0: plain(floors.H0, '/', BODY),
    R0: plain(floors.R0, '/run', `{"value":${BODY}}`),
    FF: plain(floors.FF, '/', BODY),
  };
}

async function measureServers(all: Targets, { wanted, short, onRound }: MeasureOptions): Promise<Figure[]> {
  const rows = warmRows.filter(({ id }) => wanted.has(id));
  const times = short ? { warmUp: 500, duration: 1000 } : { warmUp: 2000, duration: 3000 };
  const contestants = new Map<string, () => Promise<LoadResult>>();
  for (const { floor, connections } of rows) {
    for (const server of ['RT', floor] as const) {
      contestants.set(key(server, connections), () => load(all[server], { ...times, connections }));
    }
  }
  const samples = await interleave(Object.fromEntries(contestants), 3, onRound);
  return rows.map((row) => figure(row, samples(key('RT', row.connections)), samples(key(row.floor, row.connections))));
}

function key(server: WarmServer, connections: number): string {
  return `${server} ${String(connections)}`;
}

async function load(target: HttpTarget, plan: LoadPlan): Promise<LoadResult> {
  const order = JSON.stringify({ target, plan } satisfies LoadOrder);
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', LOAD, order], { timeout: 60_000 });
  const result = JSON.parse(stdout) as LoadResult;
  if (result.count === 0) throw new Error(`no answer for ${order}`);
  return result;
}

function figure(row: WarmRow, ours: readonly LoadResult[], theirs: readonly LoadResult[]): Figure {
  const floors = theirs.map(row.take);
  const candidates = ours.map(row.take);
  const value = median(candidates.map((candidate, round) => row.combine(candidate, floors[round] ?? Number.NaN)));
  return { row, value, detail: `${shown(median(candidates))} / ${shown(median(floors))} ${row.of}` };
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(2);
}
