import { spawn, type ChildProcess } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A server under load, in a process of its own. */
export interface Server {
  readonly port: number;
  readonly pid: number;
  dispose(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const HERE = fileURLToPath(new URL('servers', import.meta.url));

/** H0 (`bare-http.cjs`), W0 (`body-store.cjs`), a bare action proxy (`run-proxy.cjs`), a host (`empty-lists.cjs`): small servers that print their port and end with our pipe to them. */
export async function startSmallServer(
  name: string,
  env: Readonly<Record<string, string>>,
  ...words: readonly string[]
): Promise<Server> {
  const child = spawn(process.execPath, [join(HERE, name), ...words], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', resolve);
    child.once('error', reject);
  });
  return { port: Number(line), pid: child.pid ?? 0, dispose: () => end(child) };
}

/**
 * R0: our own runtime as it is in an image, where it serves `/init` and `/run` over HTTP, with nothing around it. Its output, which holds the end
 * marks of logs, goes nowhere.
 */
export async function startRuntime(env: Readonly<Record<string, string>>): Promise<Server> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(ROOT, 'dist/launchers/nodejs.cjs')], {
    cwd: tmpdir(),
    env: { ...env, __RT_PORT: String(port) },
    stdio: 'ignore',
  });
  return await listening(port, child, 'our runtime');
}

/** FF: `@google-cloud/functions-framework` serving the same function, the peer. */
export async function startPeer(env: Readonly<Record<string, string>>): Promise<Server> {
  const port = await freePort();
  const program = join(ROOT, 'node_modules/.bin/functions-framework');
  const words = ['--target=main', `--source=${join(HERE, 'peer')}`, `--port=${String(port)}`];
  const child = spawn(process.execPath, [program, ...words], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  return await listening(port, child, 'functions-framework');
}

async function listening(port: number, child: ChildProcess, name: string): Promise<Server> {
  try {
    await untilListening(port, child, name);
  } catch (error) {
    await end(child);
    throw error;
  }
  return { port, pid: child.pid ?? 0, dispose: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** These do not say when they listen: dial until one answers, at most for ten seconds. */
async function untilListening(port: number, child: ChildProcess, name: string): Promise<void> {
  const until = performance.now() + 10_000;
  while (!(await isListening(port))) {
    if (child.exitCode !== null || performance.now() > until) throw new Error(`${name} did not start`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  }).finally(() => socket.destroy());
}
