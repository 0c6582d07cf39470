import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { childCost } from './child-cost.js';
import { Playground } from './playground.js';
import { startSmallServer, type Server } from './servers.js';

/** Actions of each project. */
const actionCount = 100;

/** Everything that the rows of deployment need: a platform, two projects of a hundred actions, and W0. */
export class DeployStage {
  private constructor(
    private readonly playground: Playground,
    private readonly floor: Server,
  ) {}

  static async create(): Promise<DeployStage> {
    const playground = await Playground.create();
    try {
      await playground.startPlatform();
      const floor = await startSmallServer('body-store.cjs', playground.env, playground.path('bodies.db'));
      return new DeployStage(playground, floor);
    } catch (error) {
      await playground.dispose();
      throw error;
    }
  }

  /** Writes a project whose actions have code of this size, and gives its folder. */
  async writeProject(name: string, bytes: number): Promise<BenchProject> {
    const folder = this.playground.path(name);
    await mkdir(folder);
    const actions = Array.from({ length: actionCount }, (_, at) => `action-${String(at)}`);
    const lines = actions.map((action) => `      ${action}: { function: ${action}.js, runtime: "nodejs:default" }`);
    await writeFile(join(folder, 'manifest.yaml'), `packages:\n  bench:\n    actions:\n${lines.join('\n')}\n`);
    const codes = actions.map((action) => codeOf(action, bytes));
    await Promise.all(actions.map((action, at) => writeFile(join(folder, `${action}.js`), codes[at] ?? '')));
    return { folder, actions, bytes };
  }

  /** Milliseconds of wall time of one `rt action list`. */
  async list(): Promise<number> {
    return (await childCost(this.playground.command('action', 'list'), this.playground.env)).wall;
  }

  /** Milliseconds of wall time of `rt project deploy`. */
  async deploy({ folder }: BenchProject): Promise<number> {
    return (await childCost(this.playground.command('project', 'deploy', folder, '--quiet'), this.playground.env)).wall;
  }

  /** Largest resident memory in MiB of the client that deploys. */
  async memoryOfDeploy({ folder }: BenchProject): Promise<number> {
    const [program = '', ...words] = this.playground.command('project', 'deploy', folder, '--quiet');
    const child = spawn(program, words, { env: this.playground.env, stdio: 'ignore' });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    const next = (): Promise<number | null | 'runs'> =>
      Promise.race([ended, new Promise<'runs'>((resolve) => setTimeout(() => resolve('runs'), 5))]);
    let peak = 0;
    let status = await next();
    // The kernel keeps the mark as long as the process lives; the last reading misses what its last milliseconds bring, which is its exit.
    while (status === 'runs') {
      peak = Math.max(peak, await highWater(child.pid ?? 0));
      status = await next();
    }
    if (status !== 0) throw new Error('rt project deploy failed');
    return peak;
  }

  /** Deletes all that a deploy has made. */
  async clear(): Promise<void> {
    await this.playground.run('namespace', 'clean', '--force', '--quiet');
  }

  /** W0: milliseconds for the same bodies over one connection, one after the other. */
  async putAll({ actions, bytes }: BenchProject): Promise<number> {
    const bodies = actions.map((action) =>
      JSON.stringify({ exec: { kind: 'nodejs:default', code: codeOf(action, bytes) } }),
    );
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const start = performance.now();
    for (const [at, body] of bodies.entries()) await put(this.floor.port, `/actions/${String(at)}`, body, agent);
    const wall = performance.now() - start;
    agent.destroy();
    return wall;
  }

  async dispose(): Promise<void> {
    await this.floor.dispose();
    await this.playground.dispose();
  }
}

/** A project of the bench. */
export interface BenchProject {
  readonly folder: string;
  readonly actions: readonly string[];
  /** Of the code of each action. */
  readonly bytes: number;
}

/** Code of a size, different for each action, in lines as code has them. */
function codeOf(action: string, bytes: number): string {
  const head = `// ${action}\nexports.main = ({ name }) => ({ greeting: \`Hello, \${name}!\` });\n`;
  const line = `// ${action.padEnd(12)} 0123456789 abcdefghijklmnopqrstuvwxyz "quoted" and some more words\n`;
  return (head + line.repeat(Math.ceil(bytes / line.length))).slice(0, bytes);
}

async function highWater(pid: number): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
  return Number(/^VmHWM:\s+(\d+) kB$/mu.exec(status)?.[1] ?? 0) / 1024;
}

function put(port: number, path: string, body: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request({ port, host: '127.0.0.1', method: 'PUT', path, agent, headers }, (answer) => {
      answer.resume().once('end', resolve);
    });
    sent.once('error', reject).end(body);
  });
}
