import type { HttpTarget } from '../load/http-exchange.js';
import { Playground, type PlatformAddress } from '../playground.js';
import { greetBody, invokePath, platformTarget } from '../rest.js';
import { startPeer, startRuntime, startSmallServer, type Server } from '../servers.js';
import { greetCode } from './greet.js';

/** H0: bare node:http. R0: our runtime alone, over HTTP. FF: the functions framework. The others are our platform. */
export type WarmServer =
  | 'H0'
  | 'R0'
  | 'FF'
  | 'RT'
  | 'RT 8 actions'
  | 'RT non-blocking'
  | 'RT sequence'
  | 'RT without record'
  | 'RT without record and logs';

const eightActions = Array.from({ length: 8 }, (_, index) => `greet${String(index)}`);

/**
 * Servers that answer the same greeting, each started when it is first asked for. Different actions have platforms of their own: on one,
 * each load would first have to evict the containers of the one before it.
 */
export class WarmStage {
  private readonly disposers: (() => Promise<void>)[] = [];
  private readonly pids = new Map<number, number>();
  private readonly known = new Map<WarmServer, Promise<HttpTarget>>();
  private recording: Promise<Started> | undefined;

  /** `more` comes on top of the environment of the platforms. */
  constructor(private readonly more: Readonly<Record<string, string>> = {}) {}

  target(server: WarmServer): Promise<HttpTarget> {
    const known = this.known.get(server) ?? this.open(server);
    this.known.set(server, known);
    return known;
  }

  /** The platform that keeps records, as it is by default. */
  platform(): Promise<Started> {
    this.recording ??= this.startPlatform();
    return this.recording;
  }

  /** The process behind one of our platforms that was opened before. */
  async pidOf(server: WarmServer): Promise<number> {
    const pid = this.pids.get((await this.target(server)).port);
    if (pid === undefined) throw new Error(`${server} is no platform of ours`);
    return pid;
  }

  /** Resolves when the platform has nothing to do. */
  async untilIdle(): Promise<void> {
    const { playground } = await this.platform();
    await playground.untilIdle();
  }

  async dispose(): Promise<void> {
    await Promise.allSettled(this.disposers.reverse().map((dispose) => dispose()));
  }

  private async open(server: WarmServer): Promise<HttpTarget> {
    switch (server) {
      case 'H0':
        return plain(await this.keep(startSmallServer('bare-http.cjs', {})), '/', greetBody);
      case 'R0':
        return await this.openRuntime();
      case 'FF':
        return plain(await this.keep(startPeer({})), '/', greetBody);
      case 'RT':
        return invoking(await this.platform(), 'greet');
      case 'RT non-blocking': {
        const { address } = await this.platform();
        return platformTarget(address, ['/api/v1/namespaces/_/actions/greet']);
      }
      case 'RT without record':
      case 'RT without record and logs':
        return invoking(await this.startForgetting(), server === 'RT without record' ? 'greet' : 'quiet');
      case 'RT 8 actions': {
        const { address, playground } = await this.startPlatform();
        for (const action of eightActions) await playground.run('action', 'create', action, 'greet.js');
        return platformTarget(address, eightActions.map(invokePath));
      }
      case 'RT sequence': {
        const started = await this.startPlatform();
        await started.playground.run('action', 'create', 'echo', 'echo.js');
        await started.playground.run('action', 'create', 'three', '--sequence', 'echo,echo,greet');
        return invoking(started, 'three');
      }
    }
  }

  /** It gets its code first. */
  private async openRuntime(): Promise<HttpTarget> {
    const server = await this.keep(startRuntime({}));
    const value = { name: 'greet', main: 'main', binary: false, code: greetCode };
    const body = JSON.stringify({ value });
    const answer = await fetch(`http://127.0.0.1:${String(server.port)}/init`, { method: 'POST', body });
    if (!answer.ok) throw new Error(`/init: ${await answer.text()}`);
    return plain(server, '/run', `{"value":${greetBody}}`);
  }

  private async startForgetting(): Promise<Started> {
    return await this.startPlatform(async (playground) => {
      const limits = JSON.stringify({ default: { storeActivations: false } });
      return ['--limits', await playground.write('limits.json', limits)];
    });
  }

  private async startPlatform(
    options: (playground: Playground) => Promise<string[]> = () => Promise.resolve([]),
  ): Promise<Started> {
    const playground = await Playground.create(this.more);
    this.disposers.push(() => playground.dispose());
    const address = await playground.startPlatform(...(await options(playground)));
    this.pids.set(Number(new URL(address.url).port), address.pid);
    await playground.write('echo.js', 'exports.main = (value) => value;\n');
    await playground.run('action', 'create', 'greet', 'greet.js');
    await playground.run('action', 'create', 'quiet', 'greet.js', '--logsize', '0');
    return { playground, address };
  }

  private async keep(starting: Promise<Server>): Promise<Server> {
    const server = await starting;
    this.disposers.push(() => server.dispose());
    return server;
  }
}

interface Started {
  readonly playground: Playground;
  readonly address: PlatformAddress;
}

function invoking({ address }: Started, action: string): HttpTarget {
  return platformTarget(address, [invokePath(action)]);
}

function plain({ port }: Server, path: string, body: string): HttpTarget {
  return { port, method: 'POST', paths: [path], headers: {}, body };
}
