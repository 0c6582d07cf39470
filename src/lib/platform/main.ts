import { appendFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../entity/clock.js';
import { PooledRandom } from '../entity/random.js';
import { closeInheritedDescriptors } from './inherited-descriptors.js';
import { LaunchLink } from './launch-link.js';
import { failureAnswer, type LaunchAnswer, type LaunchRequest } from './launcher/start-messages.js';
import type { Platform } from './platform.js';
import { logOutput } from './log-output.js';
import { PlatformLog } from './platform-log.js';
import type { PlatformSurroundings } from './platform-surroundings.js';

/** Exit status of a crash by a bug (RS-152). */
const crashed = 70;

/** Milliseconds that running activations get after SIGTERM or SIGINT (RS-145). */
const drainTimeout = 10_000;

/** The highest descriptor that the launcher means to pass on: its link. */
const lastOfLauncher = 3;

type StartRequest = LaunchRequest & { readonly task: 'start' };

/** Folders with packages for actions: those from which this program itself finds `openwhisk`. */
function moduleFolders(): string[] {
  const paths = createRequire(import.meta.url).resolve.paths('openwhisk') ?? [];
  return paths.filter((path) => path.endsWith('node_modules'));
}

/** What lies beside this program: in the sources at `source`, in the release in the folder `name`. */
function folderBeside(name: string, ...source: string[]): string {
  const here = fileURLToPath(import.meta.url);
  return here.endsWith('.ts') ? join(dirname(here), ...source) : join(dirname(here), name);
}

function launchersFolder(): string {
  return folderBeside('launchers', '..', 'containers', 'process', 'launchers');
}

function logFor({ paths, options, foreground }: StartRequest): PlatformLog {
  const mirror = (line: string): void => void process.stderr.write(line);
  const level = options.logLevel;
  return new PlatformLog({ path: paths.log, level, clock: systemClock, ...(foreground ? { mirror } : {}) });
}

function surroundings(request: StartRequest, log: PlatformLog): PlatformSurroundings {
  return {
    paths: request.paths,
    version: request.version,
    pid: process.pid,
    machine: hostname(),
    user: process.getuid?.(),
    node: process.execPath,
    nodeVersion: process.versions.node,
    environment: process.env,
    launchers: launchersFolder(),
    systemPackages: folderBeside('system-packages', 'system-packages', 'actions'),
    modules: moduleFolders(),
    ownMemory: () => process.memoryUsage.rss(),
    clock: systemClock,
    random: new PooledRandom(),
    log,
  };
}

/** Writes what happened and ends; the next command starts a new platform, which closes what was running (RS-104). */
function watchForCrash({ paths }: StartRequest, log: PlatformLog): void {
  process.on('uncaughtException', (error) => {
    log.error('platform', 'the platform crashed', error);
    try {
      appendFileSync(paths.crashes, `${String(systemClock.now())}\n`, { mode: 0o600 });
    } catch {
      // Only a counter; the crash itself is what counts.
    }
    process.exit(crashed);
  });
}

/** Signals stop in order; a second one does not hurry, because what is started must be ended (RS-145). */
function stopOnSignals(platform: Platform): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => void platform.stop(drainTimeout));
  }
  // The terminal of the first caller is not ours.
  process.on('SIGHUP', () => undefined);
}

/** Milliseconds after the start in which the first invocation has most likely come and gone. */
const settledAfter = 2_000;

/** Calls `save` once: when the platform has settled and nothing runs in it, at the latest when it stops. */
function saveWhenSettled(platform: Platform, save: () => void): () => void {
  let saved = false;
  const saveOnce = (): void => {
    if (!saved) save();
    saved = true;
  };
  const attempt = (): void => {
    if (platform.idle) saveOnce();
    else setTimeout(attempt, settledAfter).unref();
  };
  setTimeout(attempt, settledAfter).unref();
  return saveOnce;
}

async function start(
  request: StartRequest,
  announce: (answer: LaunchAnswer) => Promise<void>,
  saveCodeCache: () => void,
): Promise<void> {
  const log = logFor(request);
  watchForCrash(request, log);
  const { startPlatform } = await import('./platform.js');
  const { PlatformLocked } = await import('./foundation.js');
  try {
    const platform = await startPlatform(request.options, surroundings(request, log));
    stopOnSignals(platform);
    await announce({ type: 'ready', state: platform.state });
    const saveAtLast = saveWhenSettled(platform, saveCodeCache);
    await platform.stopped;
    saveAtLast();
  } catch (error) {
    if (error instanceof PlatformLocked) {
      await announce({ type: 'locked' });
      return;
    }
    log.error('platform', 'the platform cannot start', error);
    await announce(failureAnswer(error));
  }
}

async function reset(request: LaunchRequest & { readonly task: 'reset' }): Promise<LaunchAnswer> {
  const { FileLock } = await import('../database/file-lock.js');
  const { resetStore } = await import('../database/reset-store.js');
  const lock = FileLock.acquire(request.paths.lock);
  if (lock === undefined) return { type: 'locked' };
  try {
    const { dataDir: folder, keep, purge } = request;
    return { type: 'reset', ...resetStore({ folder, purge, now: systemClock.now(), ...(keep && { keep }) }) };
  } catch (error) {
    return failureAnswer(error);
  } finally {
    lock.release();
  }
}

async function engineTask(request: LaunchRequest & { readonly task: 'pull' | 'prune' }): Promise<LaunchAnswer> {
  const tasks = await import('./engine-tasks.js');
  const tell = (line: string): void => void process.stderr.write(`${line}\n`);
  const around = {
    environment: process.env,
    home: homedir(),
    platform: process.platform,
    user: process.getuid?.(),
    launchers: launchersFolder(),
    modules: moduleFolders(),
    node: process.execPath,
    temporary: tmpdir(),
    machine: hostname(),
    onProgress: 'foreground' in request && request.foreground ? tell : (): void => undefined,
  };
  try {
    if (request.task === 'prune') return { type: 'pruned', ...(await tasks.pruneContainers(around)) };
    return { type: 'pulled', ...(await tasks.pullKinds(request, around)) };
  } catch (error) {
    return failureAnswer(error);
  }
}

/**
 * The platform program: does what the launcher asks, announces the result on descriptor 3, and serves until it is stopped. It ends the
 * process. Before the request it touches no file of the RT_HOME, and without one it ends silently. `saveCodeCache` is called once, in a moment when nobody waits.
 */
export async function runPlatform(saveCodeCache: () => void): Promise<void> {
  closeInheritedDescriptors(lastOfLauncher);
  const link = LaunchLink.open();
  if (link === undefined) {
    process.stderr.write("error: this program is started by 'rt platform start'\n");
    process.exit(2);
  }
  const request = await link.request();
  if (request === undefined) process.exit(0);
  if (request.unlogged === true) logOutput(request.paths.log);
  if (request.task === 'start') await start(request, (answer) => link.answer(answer), saveCodeCache);
  else if (request.task === 'reset') await link.answer(await reset(request));
  else await link.answer(await engineTask(request));
  process.exit(0);
}
