import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childCost } from '../child-cost.js';
import { load } from '../load/load.js';
import { Playground } from '../playground.js';
import { startUpCommands } from '../suites/start-up-suite.js';
import { variantRows, warmRows, type WarmRow } from '../suites/warm-rows.js';
import { WarmStage } from '../suites/warm-stage.js';
import type { CpuProfile } from './cpu-profile.js';

const hook = fileURLToPath(new URL('platform-hook.cjs', import.meta.url));

/** Milliseconds of warm load in a profile. */
const profiled = 5_000;

/** Rows that are a platform's way from its start to the first answer. */
const startRows = ['P-10', 'P-14'];

/** Rows that are the client's way with a platform that runs, beside those of the start-up suite. */
const clientRows = new Map([
  ['P-11', ['action', 'invoke', 'greet', '--result', '-p', 'name', 'Bob']],
  ['P-12', ['action', 'invoke', 'greet', '--result', '-p', 'name', 'Bob']],
]);

/** Ids of the rows whose candidate can be profiled. */
function profilableRows(): string[] {
  const warm = [...warmRows, ...variantRows].map(({ id }) => id);
  return [...new Set([...startUpCommands.keys(), ...startRows, ...clientRows.keys(), ...warm])];
}

/** A profile and, of a warm row, how many requests were answered meanwhile. */
export interface RecordedProfile {
  readonly profile: CpuProfile;
  readonly requests?: number;
}

/** Runs the candidate of a row under V8's profiler. `folder` exists and is empty; throws for a row that cannot be profiled. */
export async function recordProfile(id: string, folder: string): Promise<RecordedProfile> {
  const words = startUpCommands.get(id) ?? clientRows.get(id);
  if (words !== undefined) return { profile: await profileClient(words, folder) };
  if (startRows.includes(id)) return { profile: await profileStart(folder) };
  const row = [...warmRows, ...variantRows].find((candidate) => candidate.id === id);
  if (row === undefined) throw new Error(`${id} has no profile; there is one of ${profilableRows().join(' ')}`);
  return await profileWarm(row, folder);
}

/** The client, with a warm code cache and a warm action. */
async function profileClient(words: readonly string[], folder: string): Promise<CpuProfile> {
  const playground = await Playground.create();
  try {
    await playground.startPlatform();
    await playground.run('action', 'create', 'greet', 'greet.js');
    const run = async (line: readonly string[], expected: number): Promise<void> => {
      const [node = '', ...rest] = playground.command(...line);
      const flags = ['--cpu-prof', '--cpu-prof-interval=100', `--cpu-prof-dir=${folder}`];
      await childCost([node, ...flags, ...rest], playground.env, expected);
    };
    // Options of Node have code caches of their own, and a failed command writes none.
    await run(
      words.filter((word) => word !== '--no-such-flag'),
      0,
    );
    for (const name of await readdir(folder)) await rm(join(folder, name));
    await run(words, words.includes('--no-such-flag') ? 2 : 0);
  } finally {
    await playground.dispose();
  }
  const [name] = (await readdir(folder)).filter((entry) => entry.endsWith('.cpuprofile'));
  if (name === undefined) throw new Error('the client wrote no profile');
  return await readProfile(join(folder, name));
}

/** The platform from its first line to the first answer of an invocation. */
async function profileStart(folder: string): Promise<CpuProfile> {
  const playground = await Playground.create({ ...hookSettings(folder), RT_BENCH_PROFILE_FROM: 'start' });
  try {
    const { pid } = await playground.startPlatform();
    await playground.run('action', 'create', 'greet', 'greet.js');
    await playground.run('action', 'invoke', 'greet', '--result', '-p', 'name', 'Bob');
    process.kill(pid, 'SIGUSR2');
    return await written(folder);
  } finally {
    await playground.dispose();
  }
}

/** The platform under the load of a row, after it has become warm. */
async function profileWarm({ candidate, connections }: WarmRow, folder: string): Promise<RecordedProfile> {
  const stage = new WarmStage(hookSettings(folder));
  try {
    const target = await stage.target(candidate);
    await load(target, { connections, warmUp: 0, duration: 2_000 });
    const pid = await stage.pidOf(candidate);
    process.kill(pid, 'SIGUSR2');
    await present(join(folder, 'started'));
    const { count } = await load(target, { connections, warmUp: 0, duration: profiled });
    process.kill(pid, 'SIGUSR2');
    return { profile: await written(folder), requests: count };
  } finally {
    await stage.dispose();
  }
}

function hookSettings(folder: string): Readonly<Record<string, string>> {
  return { NODE_OPTIONS: `--require ${hook}`, RT_BENCH_PROFILE: folder };
}

async function written(folder: string): Promise<CpuProfile> {
  const file = join(folder, 'platform.cpuprofile');
  await present(file);
  return await readProfile(file);
}

async function present(file: string): Promise<void> {
  const end = performance.now() + 30_000;
  while (!existsSync(file)) {
    if (performance.now() > end) throw new Error(`${file} does not come`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function readProfile(file: string): Promise<CpuProfile> {
  return JSON.parse(await readFile(file, 'utf8')) as CpuProfile;
}
