import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Playground, PlatformAddress } from '../playground.js';

/** A program on whose command line the same action is listed and invoked. */
export interface CommandLinePeer {
  readonly name: string;
  readonly list: readonly string[];
  readonly invoke: readonly string[];
  /** On top of the playground's environment. */
  readonly env: Readonly<Record<string, string>>;
}

const invocation = ['greet', '--result', '-p', 'name', 'Bob'];

/** The first file of that name in the folders of PATH that may be run. */
async function programOnPath(name: string, path: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter)) {
    const file = join(folder === '' ? '.' : folder, name);
    const found = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return file;
  }
  return undefined;
}

/** `rt` and those of `wsk` and `aio` that are installed, all against the same local platform; and the names of those that are not. */
export async function commandLinePeers(
  playground: Playground,
  { url, auth }: PlatformAddress,
): Promise<{ readonly peers: CommandLinePeer[]; readonly missing: string[] }> {
  const path = playground.env['PATH'] ?? '';
  const wsk = await programOnPath('wsk', path);
  const aio = await programOnPath('aio', path);
  const rt: CommandLinePeer = {
    name: 'rt',
    list: playground.command('action', 'list'),
    invoke: playground.command('action', 'invoke', ...invocation),
    env: {},
  };
  const target = ['--apihost', url, '--auth', auth];
  const peers = [rt];
  if (wsk !== undefined) {
    const list = [wsk, 'action', 'list', ...target];
    peers.push({ name: 'wsk', list, invoke: [wsk, 'action', 'invoke', ...invocation, ...target], env: {} });
  }
  if (aio !== undefined) {
    const list = [aio, 'rt', 'action', 'list'];
    const env = { AIO_RUNTIME_APIHOST: url, AIO_RUNTIME_AUTH: auth, AIO_RUNTIME_NAMESPACE: 'guest' };
    const invoke = [aio, 'rt', 'action', 'invoke', 'greet', '--result', '--param', 'name', 'Bob'];
    peers.push({ name: 'aio', list, invoke, env });
  }
  const missing = Object.entries({ wsk, aio }).filter(([, file]) => file === undefined);
  return { peers, missing: missing.map(([name]) => name) };
}
