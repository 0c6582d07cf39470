import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NameList } from './suggestions.js';

/** Milliseconds for which a list of names is used again (C-79). */
const fresh = 30_000;

/** Milliseconds that a list may take when nothing else is said (C-79). */
const budget = 300;

/** Milliseconds after which a list that nobody asked for again is removed. */
const outdated = 3_600_000;

/** What is known where a line is completed. */
export interface CompletionSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The Node program and the entry of rt, for asking a platform. */
  readonly execPath: string;
  readonly program: string;
  /** Folder for caches; undefined when there is none. */
  readonly cache: string | undefined;
}

/**
 * Names of entities of the current platform, kinds, or contexts: what `rt … list --output name` prints. An own process asks, so that it can
 * be stopped when its time is over; its answer is kept for half a minute. Whatever fails gives no names.
 */
export async function namesOf(
  list: NameList,
  connection: readonly string[],
  around: CompletionSurroundings,
): Promise<readonly string[]> {
  const { env } = around;
  if (list !== 'context' && env.RT_COMPLETE_REMOTE === '0') return [];
  const file = around.cache === undefined ? undefined : join(around.cache, `names-${digest(list, connection, around)}`);
  const text = readFresh(file) ?? (await ask(list, connection, around, file));
  return text.split('\n').filter((line) => line !== '');
}

/** Names one connection, working folder and list: what decides which names there are. No key can be read from it. */
function digest(list: NameList, connection: readonly string[], { env, cwd }: CompletionSurroundings): string {
  const variables = Object.entries(env).filter(([name]) => /^(?:RT_|WHISK_|WSK_|__OW_|AIO_|HOME$|XDG_)/.test(name));
  const text = JSON.stringify([list, connection, cwd, variables.sort()]);
  let [low, high] = [0x811c9dc5, 0x1000193];
  for (let at = 0; at < text.length; at += 1) {
    low = Math.imul(low ^ text.charCodeAt(at), 0x01000193);
    high = Math.imul(high + text.charCodeAt(at), 0x85ebca6b) ^ (high >>> 13);
  }
  return [low, high].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('');
}

function readFresh(file: string | undefined): string | undefined {
  try {
    if (file === undefined || Date.now() - statSync(file).mtimeMs > fresh) return undefined;
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function ask(
  list: NameList,
  connection: readonly string[],
  { env, cwd, execPath, program }: CompletionSurroundings,
  file: string | undefined,
): Promise<string> {
  const limit = ['kind', 'context'].includes(list) ? [] : ['--limit', '200'];
  const words = [list, 'list', '--output', 'name', '--quiet', '--no-autostart', '--no-input', ...limit, ...connection];
  const timeout = Number(env.RT_COMPLETE_TIMEOUT ?? budget) || budget;
  return new Promise((resolve) => {
    const options = { cwd, env: { ...env }, timeout, killSignal: 'SIGKILL', encoding: 'utf8' } as const;
    const child = execFile(execPath, [program, ...words], options, (error, stdout) => {
      if (error === null && file !== undefined) keep(file, stdout);
      resolve(error === null ? stdout : '');
    });
    child.stdin?.end();
  });
}

function keep(file: string, text: string): void {
  const folder = join(file, '..');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(folder).filter((other) => other.startsWith('names-'))) {
      if (Date.now() - statSync(join(folder, name)).mtimeMs > outdated) rmSync(join(folder, name), { force: true });
    }
    writeFileSync(file, text, { mode: 0o600 });
  } catch {
    // A cache that cannot be written only costs time.
  }
}
