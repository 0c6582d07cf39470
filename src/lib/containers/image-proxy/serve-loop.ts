import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import type { Clock } from '../../entity/clock.js';
import type { Log } from '../../entity/log.js';
import type { RuntimeBounds, RuntimeOutcome } from '../container.js';
import type { LogStream } from '../log-framing.js';
import { BuildCache } from '../process/build/build-cache.js';
import { BuildTools } from '../process/build/build-tools.js';
import { Interpreters } from '../process/interpreters.js';
import type { RuntimeStart } from '../process/launch.js';
import { ProgramSearch } from '../process/program-search.js';
import { runtimeEnvironment } from '../process/runtime-environment.js';
import type { RuntimeProxy } from '../process/runtime-proxy.js';
import { findRuntimeStarter } from '../process/runtime-starter.js';
import { LimitWatch } from '../process/sandbox/limit-watch.js';
import { Sandbox } from '../process/sandbox/sandbox.js';
import { ForwardedOutput } from './forwarded-output.js';

/** What an image's proxy finds in its container. */
export interface LoopSurroundings {
  readonly kind: string;
  readonly port: number;
  /** Folder of the action's files. */
  readonly box: string;
  readonly launchers: string;
  readonly node: string;
  readonly nodeVersion: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly output: Readonly<Record<LogStream, Writable>>;
  readonly clock: Clock;
}

/** The platform watches the time and the size; these are the largest values that mean anything. */
const unbounded: RuntimeBounds = { timeout: 2 ** 31 - 1, responseLimit: Number.MAX_SAFE_INTEGER };

/** Nobody reads a log in a container. */
const noLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** All processes of a container belong together. */
const mark = 'container';

/** Where compiled actions lie in a container. */
const buildFolder = '/tmp/rt-builds';

/** The container ends with all its processes: nobody has to see to it. */
const noGuardian = { watch: nothing, forget: nothing };

/**
 * Serves `/init` and `/run` over HTTP with the proxy and the launcher that the process driver has for the kind (action-interface.md §1, §4).
 * Resolves when the runtime will never answer again; rejects when it cannot be started.
 */
export async function serveLoop(around: LoopSurroundings): Promise<void> {
  const output = new ForwardedOutput(around.output);
  const proxy = await startProxy(around, output);
  const server = createServer((request, response) => void answer(request, response, { proxy, output }));
  server.listen(around.port);
  await proxy.gone;
  server.close();
}

async function startProxy(around: LoopSurroundings, output: ForwardedOutput): Promise<RuntimeProxy> {
  const { kind, box, launchers, clock, node, nodeVersion, environment } = around;
  const starter = findRuntimeStarter(kind.split(':', 1)[0] ?? kind, '');
  if (starter === undefined) throw new Error(`there is no launcher for ${kind}`);
  const path = environment.PATH ?? '/usr/local/bin:/usr/bin:/bin';
  const search = new ProgramSearch(path);
  const interpreters = new Interpreters({ search, node, nodeVersion, log: noLog, environment: {} });
  const interpreter = await starter.interpreter(interpreters, kind);
  if ('missing' in interpreter) throw new Error(interpreter.missing);
  const container = containerVariables(environment);
  const parts = { path, box, inherited: {}, container, mark };
  return starter.start({
    ...{ interpreter, box, launchers, clock, modules: [], memory: 0, collector: output, container },
    ...unlimited(clock, path),
    environment: (language) => runtimeEnvironment({ ...parts, language }),
    guardian: noGuardian,
    onViolation: (message) => {
      output.note('stderr', message);
    },
  });
}

/** The engine holds the container back; within it nothing else has to. */
function unlimited(clock: Clock, path: string): Pick<RuntimeStart, 'sandbox' | 'watch' | 'builds' | 'tools'> {
  const watch = new LimitWatch({ clock, enabled: false, ownMemory: () => 0 });
  return {
    sandbox: new Sandbox({ mode: 'none', path, home: undefined, visible: [], hidden: [], onFallback: nothing }),
    watch: watch.open(0, mark),
    builds: new BuildCache({ folder: buildFolder, clock }),
    tools: new BuildTools({ clock, guardian: noGuardian, path, environment: {}, mark }),
  };
}

function containerVariables(environment: LoopSurroundings['environment']): Record<string, string> {
  const entries = Object.entries(environment).filter((entry): entry is [string, string] => {
    return entry[0].startsWith('__OW_') && entry[1] !== undefined;
  });
  return Object.fromEntries(entries);
}

interface Parts {
  readonly proxy: RuntimeProxy;
  readonly output: ForwardedOutput;
}

async function answer(request: IncomingMessage, response: ServerResponse, { proxy, output }: Parts): Promise<void> {
  const route = request.url ?? '/';
  const outcome = await proxy.send(route, await readText(request), unbounded);
  if (hasRun(route, outcome)) await output.endActivation();
  if (outcome.type !== 'answer') {
    response.destroy();
    return;
  }
  const length = Buffer.byteLength(outcome.body);
  response.writeHead(outcome.status, { 'Content-Type': 'application/json', 'Content-Length': length });
  response.end(outcome.body);
}

/** Whether the request came as far as the action: only then its output has an end. */
function hasRun(route: string, outcome: RuntimeOutcome): boolean {
  if (outcome.type !== 'answer') return true;
  return route === '/run' ? outcome.status !== 500 : outcome.status === 502;
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function nothing(): void {
  // There is nothing to do.
}
