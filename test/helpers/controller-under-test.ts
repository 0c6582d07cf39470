import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Controller, createController } from '../../src/lib/controller/controller.js';
import type { ControllerDeps } from '../../src/lib/controller/controller-deps.js';
import { systemClock } from '../../src/lib/entity/clock.js';
import type { Identity } from '../../src/lib/entity/identity.js';
import { NamespaceLimitsBook } from '../../src/lib/entity/namespace-limits.js';
import { PooledRandom } from '../../src/lib/entity/random.js';
import { RuntimeManifest } from '../../src/lib/runtime-manifest/runtime-manifest.js';
import { InlineInvoker } from './inline-invoker.js';
import { MemoryEntitiesFile } from './memory-entities-file.js';
import { MemoryActivationStore } from './memory-activation-store.js';
import { MemoryAlarmStore } from './memory-alarm-store.js';
import { MemoryArtifactStore } from './memory-artifact-store.js';
import { MemorySubjectStore } from './memory-subject-store.js';

/** The owner of namespace `ns` (A) and of namespace `other` (B). */
export const alice: Identity = {
  subject: 'alice',
  namespace: 'ns',
  uuid: '11111111-1111-1111-1111-111111111111',
  key: 'a'.repeat(64),
};
export const bob: Identity = {
  subject: 'bob',
  namespace: 'other',
  uuid: '22222222-2222-2222-2222-222222222222',
  key: 'b'.repeat(64),
};

/** One request; the path stands below `/api/v1/namespaces/_`, or below the root when it starts with `//`. */
export interface TestRequest {
  readonly as?: Identity | 'nobody';
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, as `application/json` unless the headers say otherwise. */
  readonly raw?: string;
}

/** What came back; `json` is undefined where the body is no JSON. */
export interface TestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly json: Json;
}

/** JSON of unknown shape, to be read with assertions. */
export interface Json {
  readonly [key: string]: Json;
}

/** A controller on a real socket, with stores in memory and an invoker that runs no code. */
export class ControllerUnderTest {
  readonly artifacts = new MemoryArtifactStore();
  readonly activations = new MemoryActivationStore();
  readonly subjects = new MemorySubjectStore([alice, bob]);
  readonly alarms = new MemoryAlarmStore();
  /** What has no store of its own for tests lies in SQLite, in memory. */
  readonly entities = new MemoryEntitiesFile();
  readonly invoker = new InlineInvoker({ store: this.activations });
  readonly logged: string[] = [];
  readonly controller: Controller;
  port = 0;

  constructor(changes: Partial<ControllerDeps> = {}) {
    const log = (component: string, message: string): void => {
      this.logged.push(`${component}: ${message}`);
    };
    this.controller = createController({
      artifacts: this.artifacts,
      activations: this.activations,
      subjects: this.subjects,
      alarms: this.alarms,
      apis: this.entities.apis,
      settings: this.entities.settings,
      url: () => `http://127.0.0.1:${String(this.port)}`,
      invoker: this.invoker,
      manifest: RuntimeManifest.builtIn(20),
      clock: systemClock,
      random: new PooledRandom(),
      log: { debug: log, info: log, warn: log, error: log },
      limits: new NamespaceLimitsBook(),
      allowedHosts: [],
      ready: () => true,
      metrics: false,
      build: { date: '2026-01-01', number: '0.0.0' },
      ...changes,
    });
  }

  async start(): Promise<this> {
    const { server } = this.controller;
    await once(server.listen({ host: '127.0.0.1', port: 0 }), 'listening');
    this.port = (server.address() as AddressInfo).port;
    return this;
  }

  async dispose(): Promise<void> {
    const { server } = this.controller;
    server.close();
    server.closeAllConnections();
    await this.controller.finish();
    this.entities.dispose();
  }

  get(path: string, request: TestRequest = {}): Promise<TestAnswer> {
    return this.send('GET', path, request);
  }

  put(path: string, body: unknown, request: TestRequest = {}): Promise<TestAnswer> {
    return this.send('PUT', path, { body, ...request });
  }

  post(path: string, body?: unknown, request: TestRequest = {}): Promise<TestAnswer> {
    return this.send('POST', path, { body, ...request });
  }

  delete(path: string, request: TestRequest = {}): Promise<TestAnswer> {
    return this.send('DELETE', path, request);
  }

  async send(method: string, path: string, { as = alice, headers = {}, body, raw }: TestRequest): Promise<TestAnswer> {
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const url = path.startsWith('//') ? path.slice(1) : `/api/v1/namespaces/_/${path}`;
    const sent = {
      Authorization: as === 'nobody' ? undefined : basic(as),
      'Content-Type': payload === undefined ? undefined : 'application/json',
      'Content-Length': payload === undefined ? undefined : String(Buffer.byteLength(payload)),
      ...headers,
    };
    const given = Object.entries(sent).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return new Promise((resolve, reject) => {
      const request = httpRequest({ port: this.port, host: '127.0.0.1', method, path: url, agent: false });
      for (const [name, value] of given) request.setHeader(name, value);
      request.on('error', reject);
      request.on('response', (response) => {
        text(response).then((received) => {
          const headersReceived = response.headers as Record<string, string>;
          resolve({
            status: response.statusCode ?? 0,
            headers: headersReceived,
            text: received,
            json: parsed(received),
          });
        }, reject);
      });
      request.end(payload);
    });
  }
}

/** The value of an `Authorization` header. */
export function basic({ uuid, key }: Pick<Identity, 'uuid' | 'key'>): string {
  return `Basic ${Buffer.from(`${uuid}:${key}`).toString('base64')}`;
}

function parsed(received: string): Json {
  try {
    return JSON.parse(received) as Json;
  } catch {
    return {};
  }
}

/** A member of an answer as text. */
export function textOf(value: unknown): string {
  return String(value);
}
