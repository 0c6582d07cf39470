import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { HttpTarget } from './http-exchange.js';
import type { LoadOrder } from './main.js';
import type { LoadPlan, LoadResult } from './run-load.js';

const program = fileURLToPath(new URL('main.ts', import.meta.url));

/** Milliseconds that a load process gets beyond its plan. */
const grace = 60_000;

/** Puts load on a server from a process of its own. Rejects when it answers, but never with 2xx. */
export async function load(target: HttpTarget, plan: LoadPlan): Promise<LoadResult> {
  const child = spawn(process.execPath, ['--import', 'tsx', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: plan.warmUp + plan.duration + grace,
    killSignal: 'SIGKILL',
  });
  child.stdin.end(JSON.stringify({ target, plan } satisfies LoadOrder));
  const printed = await text(child.stdout);
  if (printed === '') throw new Error('the load process ended without a result');
  const result = JSON.parse(printed) as LoadResult;
  if (result.count === 0 && result.errors > 0) throw new Error(`${target.paths[0] ?? ''} gave no good answer`);
  return result;
}
