import assert from 'node:assert/strict';
import { ControllerUnderTest, type TestAnswer, type TestRequest } from './controller-under-test.js';
import { type Definition, exec, pairs } from './web-actions-under-test.js';

/** How a route of a test differs from `GET /books/list` to the action `echo`. */
export interface RouteChanges {
  readonly basePath?: string;
  readonly path?: string;
  readonly method?: string;
  readonly action?: string;
  readonly secureKey?: string;
  readonly name?: string;
  readonly parameters?: readonly string[];
}

/** A controller with exported actions and requests to the gateway's management. */
export class GatewayUnderTest {
  readonly api = new ControllerUnderTest();

  async start(): Promise<this> {
    await this.api.start();
    await this.define('echo');
    return this;
  }

  dispose(): Promise<void> {
    return this.api.dispose();
  }

  /** Creates or replaces an exported action, which echoes its arguments. */
  async define(name: string, { annotations = {} }: Definition = {}): Promise<void> {
    const body = { exec, annotations: pairs({ 'web-export': true, ...annotations }) };
    assert.equal((await this.api.put(`actions/${name}?overwrite=true`, body)).status, 200);
  }

  /** Calls one of the three web actions of the management. */
  manage(method: string, operation: string, query: object = {}, request: TestRequest = {}): Promise<TestAnswer> {
    const search = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
    return this.api.send(method, `//api/v1/web/whisk.system/apimgmt/${operation}?${search.join('&')}`, request);
  }

  /** Creates a route with the body that command lines send. */
  create(changes: RouteChanges = {}, responsetype = 'json', request: TestRequest = {}): Promise<TestAnswer> {
    return this.manage('POST', 'createApi.http', { responsetype }, { body: { apidoc: apidoc(changes) }, ...request });
  }

  get(query: object = {}, request: TestRequest = {}): Promise<TestAnswer> {
    return this.manage('GET', 'getApi.http', query, request);
  }

  delete(query: object, request: TestRequest = {}): Promise<TestAnswer> {
    return this.manage('DELETE', 'deleteApi.http', query, request);
  }

  /** Requests a route of the namespace `ns` without credentials. */
  call(path: string, method = 'GET', request: TestRequest = {}): Promise<TestAnswer> {
    return this.api.send(method, `//gateway/ns${path}`, { as: 'nobody', ...request });
  }
}

/** The document that a command line sends to create a route. */
export function apidoc({
  basePath = '/books',
  path = '/list',
  method = 'get',
  action = 'echo',
  secureKey,
  name,
  parameters = [],
}: RouteChanges): object {
  return {
    namespace: '_',
    gatewayBasePath: basePath,
    gatewayPath: path,
    gatewayMethod: method,
    ...(name === undefined ? {} : { apiName: name }),
    ...(parameters.length === 0 ? {} : { pathParameters: parameters.map(pathParameter) }),
    action: {
      name: action,
      namespace: '_',
      backendMethod: method,
      backendUrl: `http://localhost/api/v1/web/ns/default/${action}.json`,
      authkey: 'uuid:key',
      ...(secureKey === undefined ? {} : { secureKey }),
    },
  };
}

function pathParameter(name: string): object {
  return { name, in: 'path', required: true, type: 'string', description: `Default description for '${name}'` };
}
