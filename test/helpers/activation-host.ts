import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { waitUntil } from './wait-until.js';

/** What a test says about an activation; the rest is filled in. */
export interface Activation {
  readonly id: number;
  readonly start: number;
  readonly name?: string;
  /** `ns/[pkg/]name`; empty for a trigger. */
  readonly path?: string;
  readonly status?: string;
  readonly logs?: readonly string[];
}

const codes = ['success', 'application error', 'action developer error', 'whisk internal error'];

/** The id of an activation, 32 digits. */
export function idOf(number: number): string {
  return String(number).padStart(32, '0');
}

/** An API host with activations that a test adds while a command looks at them: lists, counts and records as OpenWhisk answers them. */
export class ActivationHost {
  /** First pages of lists that were asked for so far: the command begins each look with one. */
  looks = 0;
  /** Requests so far, `GET path?query`. */
  readonly requests: string[] = [];
  /** Status of every answer while it is set. */
  failure: number | undefined;
  private readonly records = new Map<string, Activation>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ActivationHost> {
    const server = createServer();
    const host = new ActivationHost(server);
    server.on('request', (request, response) => {
      const { status, body } = host.answer(new URL(request.url ?? '', 'http://localhost'));
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return host;
  }

  /** Environment of a command that is to use this host. */
  get environment(): Record<string, string> {
    const { port } = this.server.address() as AddressInfo;
    return { RT_APIHOST: `http://127.0.0.1:${String(port)}`, RT_AUTH: 'uuid:key', RT_RETRIES: '0' };
  }

  /** Stores activations that have ended just now; one of the same id is replaced. */
  put(...activations: readonly Activation[]): void {
    for (const activation of activations) this.records.set(idOf(activation.id), activation);
  }

  remove(...ids: readonly number[]): void {
    for (const id of ids) this.records.delete(idOf(id));
  }

  /** Resolves when the command has looked twice more: whatever was there before is shown then. */
  async looked(): Promise<void> {
    const before = this.looks;
    await waitUntil('the command looks again', () => this.looks >= before + 2, 15_000);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer({ pathname, searchParams, search }: URL): { status: number; body: unknown } {
    this.requests.push(`GET ${pathname}${search}`);
    const [, id, part] = /\/activations\/(\w+)(?:\/(\w+))?$/.exec(pathname) ?? [];
    const counted = searchParams.get('count') === 'true';
    if (/limit=200&skip=0/.test(search)) this.looks += 1;
    if (this.failure !== undefined) return { status: this.failure, body: { error: 'try later', code: 'tid' } };
    if (id !== undefined) return this.record(id, part);
    const found = this.list(searchParams);
    if (counted) return { status: 200, body: { activations: found.length } };
    const [limit, skip] = ['limit', 'skip'].map((name) => Number(searchParams.get(name)));
    const page = found.slice(skip, (skip ?? 0) + Math.min(limit === 0 ? 200 : (limit ?? 30), 200));
    return { status: 200, body: page.map(summaryOf) };
  }

  private record(id: string, part: string | undefined): { status: number; body: unknown } {
    const activation = this.records.get(id);
    if (activation === undefined) {
      return { status: 404, body: { error: 'The requested resource does not exist.', code: 'tid' } };
    }
    const record = recordOf(activation);
    return { status: 200, body: part === 'logs' ? { logs: record.logs } : record };
  }

  private list(query: URLSearchParams): Activation[] {
    const since = Number(query.get('since') ?? 0);
    const name = query.get('name');
    return [...this.records.values()]
      .filter((activation) => activation.start >= since)
      .filter((activation) => name === null || nameIn(activation) === name)
      .sort((a, b) => b.start - a.start);
  }
}

function nameIn({ path, name = 'hello' }: Activation): string {
  return path === undefined || path === '' ? name : path.split('/').slice(1).join('/');
}

function summaryOf(activation: Activation): object {
  const { id, start, name = 'hello', path = `guest/${name}`, status = 'success' } = activation;
  return {
    namespace: 'guest',
    name,
    version: '0.0.1',
    activationId: idOf(id),
    start,
    end: start + 12,
    duration: 12,
    statusCode: codes.indexOf(status),
    annotations: path === '' ? [] : [{ key: 'path', value: path }],
  };
}

function recordOf(activation: Activation): { logs: readonly string[] } {
  const { status = 'success', logs = [`line of ${String(activation.id)}`] } = activation;
  return { ...summaryOf(activation), logs, ...{ response: { status, success: status === 'success', result: {} } } };
}
