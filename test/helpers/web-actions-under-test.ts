import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { JsonValue } from '../../src/lib/entity/json.js';
import { ControllerUnderTest, type TestAnswer, type TestRequest } from './controller-under-test.js';

/** A caller without credentials. */
export const nobody = { as: 'nobody' } as const;

/** Code that the invoker of these tests never runs. */
export const exec = { kind: 'nodejs:default', code: 'function main(args) { return args; }' };

/** What an action has besides `web-export: true`. */
export interface Definition {
  readonly annotations?: Readonly<Record<string, JsonValue>>;
  readonly parameters?: Readonly<Record<string, JsonValue>>;
}

/** A controller with the exported action `echo` in namespace `ns`. */
export class WebActionsUnderTest {
  readonly api = new ControllerUnderTest();

  async start(): Promise<this> {
    await this.api.start();
    await this.define('echo');
    return this;
  }

  dispose(): Promise<void> {
    return this.api.dispose();
  }

  /** Sends a request to `path` below `/api/v1/web/`, by nobody unless it says otherwise. */
  call(path: string, request: TestRequest = nobody, method = 'GET'): Promise<TestAnswer> {
    return this.api.send(method, `//api/v1/web/${path}`, request);
  }

  /** Creates or replaces an exported action, which echoes its arguments. */
  async define(name: string, { annotations = {}, parameters = {} }: Definition = {}): Promise<void> {
    const body = { exec, annotations: pairs({ 'web-export': true, ...annotations }), parameters: pairs(parameters) };
    assert.equal((await this.api.put(`actions/${name}?overwrite=true`, body)).status, 200);
  }

  /** Creates or replaces an exported action whose result is always the same. */
  async answering(name: string, result: JsonValue): Promise<void> {
    await this.define(name);
    this.api.invoker.behaviours.set(name, () => result);
  }

  /** The whole answer to a GET as it went over the wire. */
  wire(path: string, lines: readonly string[] = []): Promise<string> {
    const socket = connect(this.api.port, '127.0.0.1');
    socket.on('error', () => undefined);
    const head = [`GET /api/v1/web/${path} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...lines, '', ''];
    socket.write(head.join('\r\n'));
    return text(socket);
  }
}

/** Parameters or annotations as the API takes them. */
export function pairs(values: Readonly<Record<string, JsonValue>>): object[] {
  return Object.entries(values).map(([key, value]) => ({ key, value }));
}
