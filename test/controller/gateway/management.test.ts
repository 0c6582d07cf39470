import assert from 'node:assert/strict';
import { bob, type TestAnswer } from '../../helpers/controller-under-test.js';
import { apidoc, GatewayUnderTest } from '../../helpers/gateway-under-test.js';

const nobody = { as: 'nobody' } as const;

function assertFailure(answer: TestAnswer, error: string): void {
  assert.deepEqual([answer.status, answer.json], [502, { error }]);
}

describe('management of the API gateway', () => {
  let gateway: GatewayUnderTest;
  beforeEach(async () => {
    gateway = await new GatewayUnderTest().start();
  });
  afterEach(() => gateway.dispose());

  const paths = async (): Promise<unknown> =>
    Object.entries(
      (await gateway.get({ basepath: '/books' })).json['apis']?.['0']?.['value']?.['apidoc']?.['paths'] ?? {},
    ).map(([path, item]) => `${path} ${Object.keys(item).join()}`);

  it('23.271 wants an apidoc and a caller', async () => {
    assertFailure(await gateway.manage('POST', 'createApi', {}, { body: {} }), 'apidoc is required.');
    assertFailure(await gateway.manage('POST', 'createApi.http'), 'apidoc is required.');
    assertFailure(await gateway.create({}, 'json', nobody), 'A valid auth key is required.');
    assertFailure(await gateway.get({}, nobody), 'Invalid authentication.');
    assertFailure(await gateway.delete({ basepath: '/x' }, nobody), 'Invalid authentication.');
    const foreign = { headers: { Origin: 'https://evil.example' } };
    assertFailure(await gateway.get({}, foreign), 'Invalid authentication.');
  });

  it('23.272 creates, gets by base path and by name, and deletes an API', async () => {
    const created = await gateway.create({ name: 'Books' });
    assert.equal(created.status, 200);
    assert.equal(created.headers['content-type'], 'application/json');
    assert.equal(created.json['gwApiUrl'], `http://127.0.0.1:${String(gateway.api.port)}/gateway/ns/books`);
    const { json } = await gateway.get({ basepath: '/books' });
    assert.deepEqual(json, { apis: [{ id: 'Not Used', key: 'Not Used', value: created.json }] });
    assert.deepEqual((await gateway.get({ basepath: 'Books' })).json, json);
    assert.deepEqual((await gateway.get()).json, json);
    assert.deepEqual((await gateway.delete({ basepath: 'Books', force: true })).json, {});
    assertFailure(await gateway.delete({ basepath: '/books' }), "API deletion failure: API '/books' does not exist.");
    assert.deepEqual((await gateway.get()).json, { apis: [] });
  });

  it('23.272 writes the Swagger document of the reference', async () => {
    const url = 'http://localhost/api/v1/web/ns/default/echo.http';
    const parameters = [
      { name: 'id', in: 'path', required: true, type: 'string', description: "Default description for 'id'" },
    ];
    const { json } = await gateway.create({ path: '/with/sub_paths/{id}', parameters: ['id'], secureKey: 's' }, 'http');
    assert.deepEqual(json['apidoc'], {
      swagger: '2.0',
      basePath: '/books',
      info: { title: '/books', version: '1.0.0' },
      paths: {
        '/with/sub_paths/{id}': {
          get: {
            operationId: 'getWithSub_pathsId',
            parameters,
            'x-openwhisk': { namespace: 'ns', action: 'echo', package: 'default', url },
            responses: { default: { description: 'Default response' } },
          },
        },
      },
      'x-ibm-configuration': {
        assembly: {
          execute: [
            {
              'operation-switch': {
                case: [
                  {
                    execute: [
                      { 'set-variable': { actions: [{ set: 'message.headers.X-Require-Whisk-Auth', value: 's' }] } },
                      { invoke: { 'target-url': `${url}$(request.path)`, verb: 'keep' } },
                    ],
                    operations: [{ path: '/with/sub_paths/{id}', verb: 'get' }],
                  },
                ],
              },
            },
          ],
        },
        cors: { enabled: true },
      },
    });
  });

  it('23.273 extends an API by verbs and paths, and removes it with its last one', async () => {
    await gateway.create();
    await gateway.create({ method: 'POST' });
    await gateway.create({ path: '/other' });
    await gateway.create({ path: '/other' });
    assert.deepEqual(await paths(), ['/list get,post', '/other get']);
    const part = await gateway.get({ basepath: '/books', relpath: '/list', operation: 'POST' });
    assert.deepEqual(Object.keys(part.json['apis']?.['0']?.['value']?.['apidoc']?.['paths']?.['/list'] ?? {}), [
      'post',
    ]);
    await gateway.delete({ basepath: '/books', relpath: '/list', operation: 'post' });
    assert.deepEqual(await paths(), ['/other get', '/list get']);
    const gone = 'API deletion failure: path';
    const list = { basepath: '/books', relpath: '/list' };
    assertFailure(
      await gateway.delete({ ...list, operation: 'post' }),
      `${gone} '/list' with operation 'post' does not exist in the API`,
    );
    assertFailure(await gateway.delete({ ...list, relpath: '/no' }), `${gone} '/no' does not exist in the API`);
    await gateway.delete(list);
    await gateway.delete({ basepath: '/books', relpath: '/other', operation: 'get' });
    assert.deepEqual((await gateway.get()).json, { apis: [] });
  });

  it('23.274 refuses parameters in the base path, and path parameters without .http', async () => {
    const failure = 'API creation failure: The';
    assertFailure(
      await gateway.create({ basePath: '/a/{b}' }),
      `${failure} base path (/a/{b}) cannot have parameters. Only the relative path supports path parameters.`,
    );
    assertFailure(
      await gateway.create({ path: '/{b}', parameters: ['b'] }),
      `${failure} action must use a response type of '.http' in order to receive the path parameters.`,
    );
    assertFailure(
      await gateway.create({ path: '/{b}', parameters: ['c'] }, 'http'),
      `${failure} parameter 'b' defined in path '/{b}' does not match any of the parameters defined for the path in the swagger file.`,
    );
    assert.deepEqual((await gateway.get()).json, { apis: [] });
  });

  const { action, ...rest } = apidoc({}) as { readonly action: object };
  const swagger = { basePath: '/s', info: {}, paths: {} };
  const missing: readonly (readonly [body: unknown, text: string])[] = [
    [{ ...rest, namespace: '', action }, 'apidoc is missing the namespace field'],
    [{ ...rest, gatewayBasePath: undefined, action }, 'apidoc is missing the gatewayBasePath field'],
    [{ ...rest, gatewayPath: undefined, action }, 'apidoc is missing the gatewayPath field'],
    [{ ...rest, gatewayMethod: undefined, action }, 'apidoc is missing the gatewayMethod field'],
    [rest, 'apidoc is missing the action field.'],
    ...['backendMethod', 'backendUrl', 'namespace', 'name', 'authkey'].map(
      (field) =>
        [{ ...rest, action: { ...action, [field]: undefined } }, `action is missing the ${field} field.`] as const,
    ),
    ['{', 'apidoc field cannot be parsed. Ensure it is valid JSON.'],
    [7, 'apidoc field is of type number and should be a JSON object or a JSON string.'],
    [{ namespace: '_', swagger: '{' }, 'swagger field cannot be parsed. Ensure it is valid JSON.'],
    [
      { namespace: '_', swagger, gatewayBasePath: '/x' },
      'swagger and gatewayBasePath are mutually exclusive and cannot be specified together.',
    ],
    ...['basePath', 'paths', 'info'].map(
      (field) =>
        [
          { namespace: '_', swagger: { ...swagger, [field]: undefined } },
          `swagger is missing the ${field} field.`,
        ] as const,
    ),
    [
      { namespace: '_', swagger: { ...swagger, paths: { '/x': { get: {} } } } },
      "API creation failure: the operation 'get' of the path '/x' does not lead to a web action of this platform",
    ],
    [
      { namespace: '_', swagger: { ...swagger, paths: [] } },
      "API creation failure: the field 'paths' must hold an object of operations for each path",
    ],
  ];
  for (const [given, text] of missing) {
    it(`23.271 answers 502 '${text.slice(0, 70)}'`, async () => {
      assertFailure(await gateway.manage('POST', 'createApi', {}, { body: { apidoc: given } }), text);
    });
  }

  it('23.272 wants a base path for a deletion, and a path for an operation', async () => {
    assertFailure(await gateway.delete({}), 'basepath is required.');
    const text = 'When specifying an operation, the path is required.';
    assertFailure(await gateway.delete({ basepath: '/books', operation: 'get' }), text);
    assertFailure(await gateway.get({ operation: 'get' }), text);
    assertFailure(
      await gateway.create({}, 'xml'),
      "API creation failure: the response type 'xml' is none of json, http, html, text, svg",
    );
  });

  it('23.272 replaces a whole API by a document, given as text or as an object', async () => {
    await gateway.create();
    const document = (await gateway.create({ path: '/new' })).json['apidoc'];
    for (const given of [document, JSON.stringify(document)]) {
      await gateway.delete({ basepath: '/books' });
      await gateway.create({ path: '/before' });
      const body = { apidoc: { namespace: '_', swagger: given } };
      assert.deepEqual((await gateway.manage('POST', 'createApi', {}, { body })).json['apidoc'], document);
      assert.deepEqual(await paths(), ['/list get', '/new get']);
    }
  });

  it('RS-210 keeps the APIs of namespaces apart', async () => {
    await gateway.create();
    assert.deepEqual((await gateway.get({}, { as: bob })).json, { apis: [] });
    const text = "API deletion failure: API '/books' does not exist.";
    assertFailure(await gateway.delete({ basepath: '/books' }, { as: bob }), text);
    assert.deepEqual(await paths(), ['/list get']);
  });

  it('RS-204 takes names such as __proto__ as data', async () => {
    await gateway.create({ path: '__proto__', method: '__proto__' });
    assert.deepEqual(await paths(), ['__proto__ __proto__']);
    const gone = { basepath: '/books', relpath: 'constructor' };
    assertFailure(await gateway.delete(gone), "API deletion failure: path 'constructor' does not exist in the API");
  });

  it('23.273 loses no route of many that are added at once', async () => {
    const added = Array.from({ length: 40 }, (_, at) => `/path${String(at)}`);
    await Promise.all(added.map((path) => gateway.create({ path })));
    assert.equal(((await paths()) as string[]).length, 40);
  });

  it('pages, and refuses bad queries and bodies as web actions do', async () => {
    for (const basePath of ['/a', '/b', '/c']) await gateway.create({ basePath });
    const { json } = await gateway.get({ limit: 1, skip: 1 });
    assert.equal(json['apis']?.['0']?.['value']?.['apidoc']?.['basePath'], '/b');
    assert.equal(json['apis']['length'], 1);
    assert.equal((await gateway.get({ limit: 'x' })).status, 400);
    assert.equal((await gateway.manage('POST', 'createApi', {}, { raw: '{' })).status, 400);
    assert.equal((await gateway.manage('POST', 'noApi')).status, 404);
    const preflight = await gateway.manage('OPTIONS', 'createApi.http');
    assert.deepEqual([preflight.status, preflight.text], [200, '']);
  });
});
