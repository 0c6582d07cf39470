import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject } from '../../entity/json.js';
import type { RuntimeBounds, RuntimeOutcome } from '../container.js';
import { layOutSource } from './action-source.js';
import { parseInitRequest } from './init-request.js';
import { LastLineReader } from './last-line-reader.js';
import { launchProcess, type RuntimeStart } from './launch.js';
import { PendingAnswer } from '../pending-answer.js';
import type { RuntimeProcess } from './runtime-process.js';
import { refusal, type RuntimeProxy } from './runtime-proxy.js';

/** What a container without code runs, as the image does (AI-250). */
const stub = `#!/bin/sh
echo 'This is a stub action that should be replaced with user code (e.g., script or compatible binary).'
echo 'The input to the action is received as an argument from the command line.'
echo 'Actions may log to stdout or stderr. By convention, the last line of output must'
echo 'be a stringified JSON object which represents the result of the action.'
echo '{ "error": "This is a stub action. Replace it with custom logic." }'
`;

/** Parameters from this length on are only given on stdin, in bytes (action-interface.md §3.8). */
const argumentLimit = 131_072;

const noResult = 'The action did not return a dictionary or array.';
const noArgument = 'The action did not receive a dictionary or array as an argument.';
const secondInit = 'Cannot initialize the action more than once.';

/**
 * The proxy of the docker skeleton: one process for each activation, parameters on stdin and as the first argument, the last line of stdout is
 * the result, earlier ones are logs (action-interface.md §3.8).
 */
export class NativeProxy implements RuntimeProxy {
  readonly gone: Promise<void>;
  private resolveGone: () => void = () => undefined;
  private readonly folder: string;
  private environment: Readonly<Record<string, string>> = {};
  private state: 'empty' | 'initialized' | 'ended' = 'empty';
  private running: RuntimeProcess | undefined;

  constructor(private readonly start: RuntimeStart) {
    this.folder = join(start.box, 'action');
    this.gone = new Promise((resolve) => {
      this.resolveGone = resolve;
    });
  }

  get processId(): number | undefined {
    return this.running?.pid;
  }

  send(route: string, body: string, bounds: RuntimeBounds): Promise<RuntimeOutcome> {
    if (this.state === 'ended') return Promise.resolve({ type: 'unreachable' });
    if (route !== '/init' && route !== '/run') return Promise.resolve(refusal(404, 'Not found.'));
    const pending = new PendingAnswer(this.start.clock, bounds);
    const work = route === '/init' ? this.init(body) : this.run(body, bounds);
    void work.then(
      (outcome) => {
        pending.settle(outcome);
      },
      (error: unknown) => {
        pending.settle(this.fail(error instanceof Error ? error.message : String(error)));
      },
    );
    return pending.outcome;
  }

  signal(signal: NodeJS.Signals): void {
    this.running?.signal(signal);
  }

  async end(): Promise<void> {
    this.state = 'ended';
    await this.running?.end();
    this.resolveGone();
  }

  private async init(body: string): Promise<RuntimeOutcome> {
    if (this.state === 'initialized') return this.fail(secondInit, 403);
    const value = codeOf(body);
    if (value.code === '') await this.lay('');
    else if (value.code !== undefined) {
      const request = parseInitRequest(body);
      if ('status' in request) return this.fail(request.text, 502);
      await rm(this.folder, { recursive: true, force: true });
      await layOutSource(request, { file: () => 'exec', aliases: [] }, this.folder);
      this.environment = request.environment;
    } else return { type: 'answer', status: 200, body: 'OK' };
    this.state = 'initialized';
    return { type: 'answer', status: 200, body: 'OK' };
  }

  private async run(body: string, bounds: RuntimeBounds): Promise<RuntimeOutcome> {
    const message = objectOf(body);
    const value = message.value ?? {};
    if (typeof value !== 'object') return refusal(404, noArgument);
    if (this.state === 'empty') await this.lay(stub);
    const input = JSON.stringify(value);
    const process = await launchProcess(this.start, {
      program: join(this.folder, 'exec'),
      args: Buffer.byteLength(input) < argumentLimit ? [input] : [],
      cwd: this.folder,
      environment: { ...this.environment, ...contextOf(message) },
      requestsOnStdin: true,
      ownsStdout: true,
    }).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
    if (process instanceof Error) return this.fail(`The action cannot be started: ${process.message}`, 502, noResult);
    this.running = process;
    const { clock, collector } = this.start;
    const reader = new LastLineReader({ clock, limit: bounds.responseLimit, process });
    collector.attach('stdout', reader.logs);
    process.requests.end(`${input}\n`);
    const { line, length } = await reader.lastLine;
    const { outOfMemory } = process;
    await process.end();
    this.running = undefined;
    if (outOfMemory) return { type: 'lost', outOfMemory };
    if (length > bounds.responseLimit) return { type: 'answer', status: 200, body: line, cutFrom: length };
    if (isResult(line)) return { type: 'answer', status: 200, body: line };
    if (line !== '') collector.note('stdout', line);
    return refusal(502, noResult);
  }

  private async lay(text: string): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await writeFile(join(this.folder, 'exec'), text, { mode: 0o755 });
  }

  private fail(note: string, status = 502, text = note): RuntimeOutcome {
    this.start.collector.note('stderr', note);
    return refusal(status, text);
  }
}

function codeOf(body: string): { readonly code: unknown } {
  const { value } = objectOf(body);
  return { code: isJsonObject(value) ? (value.code ?? undefined) : undefined };
}

/** A body that is no JSON counts as none (action-interface.md §1.4). */
function objectOf(body: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(body);
    return isJsonObject(json) ? json : {};
  } catch {
    return {};
  }
}

function contextOf(message: Readonly<Record<string, unknown>>): Record<string, string> {
  const members = Object.entries(message).filter(
    (entry): entry is [string, string] => entry[0] !== 'value' && typeof entry[1] === 'string',
  );
  return Object.fromEntries(members.map(([name, value]) => [`__OW_${name.toUpperCase()}`, value]));
}

function isResult(line: string): boolean {
  try {
    const json: unknown = JSON.parse(line);
    return typeof json === 'object' && json !== null;
  } catch {
    return false;
  }
}
