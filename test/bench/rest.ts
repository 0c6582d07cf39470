import { Agent, request } from 'node:http';
import type { HttpTarget } from './load/http-exchange.js';
import type { PlatformAddress } from './playground.js';

/** Path of a blocking invocation that answers with the result alone. */
export function invokePath(action: string): string {
  return `/api/v1/namespaces/_/actions/${action}?blocking=true&result=true`;
}

/** What every invocation carries. */
export const greetBody = '{"name":"Bob"}';

/** A platform as the target of a load. */
export function platformTarget(
  { url, auth }: PlatformAddress,
  paths: readonly string[],
  method: HttpTarget['method'] = 'POST',
): HttpTarget {
  const body = method === 'GET' ? '' : greetBody;
  return { port: Number(new URL(url).port), method, paths, headers: { Authorization: basic(auth) }, body };
}

/** A REST client over one keep-alive connection, so that a sample measures the platform and not the client's connecting. */
export class Rest {
  private readonly agent = new Agent({ keepAlive: true });

  constructor(private readonly address: PlatformAddress) {}

  /** Gives the milliseconds until the whole answer had come; rejects when its status is not 2xx. */
  async send(method: string, path: string, body = ''): Promise<number> {
    const begin = performance.now();
    const status = await this.exchange(method, path, body);
    const time = performance.now() - begin;
    if (status < 200 || status > 299) throw new Error(`${method} ${path}: status ${String(status)}`);
    return time;
  }

  /** Creates or replaces a Node.js action of so many MB. */
  async putAction(name: string, code: string, memory = 256): Promise<void> {
    const action = { exec: { kind: 'nodejs:default', code }, limits: { memory } };
    await this.send('PUT', `/api/v1/namespaces/_/actions/${name}?overwrite=true`, JSON.stringify(action));
  }

  async deleteAction(name: string): Promise<void> {
    await this.send('DELETE', `/api/v1/namespaces/_/actions/${name}`);
  }

  /** Invokes an action and gives the milliseconds until its result was there. */
  invoke(action: string): Promise<number> {
    return this.send('POST', invokePath(action), greetBody);
  }

  dispose(): void {
    this.agent.destroy();
  }

  private exchange(method: string, path: string, body: string): Promise<number> {
    const { url, auth } = this.address;
    const headers = { authorization: basic(auth), 'content-type': 'application/json' };
    return new Promise((resolve, reject) => {
      const sent = request(`${url}${path}`, { method, agent: this.agent, headers }, (response) => {
        response.resume();
        response.on('end', () => {
          resolve(response.statusCode ?? 0);
        });
        response.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

function basic(auth: string): string {
  return `Basic ${Buffer.from(auth).toString('base64')}`;
}
