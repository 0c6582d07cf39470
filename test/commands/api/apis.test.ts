import assert from 'node:assert/strict';
import { StubbedRt } from '../../helpers/stubbed-rt.js';

const management = '/api/v1/web/whisk.system/apimgmt';
const access = 'accesstoken=DUMMY+TOKEN&spaceguid=uuid';
const webAnnotation = { key: 'web-export', value: true };

const document = {
  swagger: '2.0',
  basePath: '/books',
  info: { title: 'Books', version: '1.0.0' },
  paths: {
    '/list': {
      get: { 'x-openwhisk': { namespace: 'guest', package: 'default', action: 'list', url: 'u' } },
      post: { 'x-openwhisk': { namespace: 'guest', package: 'p', action: 'add', url: 'u' } },
      parameters: [],
    },
    '/a': { get: {} },
  },
};

const value = { gwApiUrl: 'https://gw/t/books', gwApiActivated: true, apidoc: document };

describe('rt api', () => {
  let rt: StubbedRt;

  beforeEach(async () => {
    rt = await StubbedRt.start();
  });

  afterEach(async () => {
    await rt.close();
  });

  function expectAction(path: string, annotations: readonly object[] = [webAnnotation], namespace = 'guest'): void {
    const body = { namespace, name: 'list', annotations };
    rt.host.expect(`GET /api/v1/namespaces/_/actions/${path}?code=false`, { body });
  }

  function expectCreate(type = 'json', query = access): void {
    rt.host.expect(`POST ${management}/createApi.http?responsetype=${type}&${query}`, { body: value });
  }

  describe('create', () => {
    it('C-44: reads the action, then sends the request of wsk', async () => {
      expectAction('list');
      expectCreate();
      assert.deepEqual(await rt.run('api create /books /list GET list --apiname Books'), {
        status: 0,
        stdout: 'ok: created API /books/list get for action /_/list\nhttps://gw/t/books/list\n',
        stderr: '',
      });
      assert.deepEqual(rt.lastBody, {
        apidoc: {
          namespace: '_',
          gatewayBasePath: '/books',
          gatewayPath: '/list',
          gatewayMethod: 'get',
          id: 'API:_:/books',
          apiName: 'Books',
          action: {
            name: 'list',
            namespace: 'guest',
            backendMethod: 'get',
            backendUrl: `${rt.host.url}/api/v1/web/guest/default/list.json`,
            authkey: 'uuid:key',
          },
        },
      });
    });

    it('passes on the secret of the action, path parameters, package and response type', async () => {
      const secret = { key: 'require-whisk-auth', value: 8472983749827341 };
      expectAction('p/list', [webAnnotation, secret], 'guest/p');
      expectCreate('http');
      const { status, stderr } = await rt.run('api create /books /{id}/of/{shelf}/{id} put p/list -r http --json');
      assert.equal(status, 0, stderr);
      const { apidoc } = rt.lastBody as { apidoc: Record<string, unknown> };
      const parameter = (name: string): object => ({
        ...{ name, in: 'path', required: true, type: 'string' },
        description: `Default description for '${name}'`,
      });
      assert.deepEqual(apidoc['pathParameters'], [parameter('id'), parameter('shelf')]);
      assert.deepEqual(apidoc['action'], {
        name: 'p/list',
        namespace: 'guest',
        backendMethod: 'put',
        backendUrl: `${rt.host.url}/api/v1/web/guest/p/list.http`,
        authkey: 'uuid:key',
        secureKey: 8472983749827341,
      });
    });

    it('takes / for the base path, and names another namespace', async () => {
      rt.host.expect('GET /api/v1/namespaces/ns/actions/list?code=false', {
        body: { namespace: 'ns', name: 'list', annotations: [webAnnotation] },
      });
      rt.host.expect(`POST ${management}/createApi.http?responsetype=json&${access}`, {
        body: { ...value, gwApiUrl: 'https://gw/t/', apidoc: { ...document, basePath: '/' } },
      });
      const { stdout } = await rt.run('route create /list get /ns/list');
      assert.equal(stdout, 'ok: created API /list get for action /ns/list\nhttps://gw/t/list\n');
    });

    it('C-15: sends the token and the tenant that are configured', async () => {
      expectAction('list');
      expectCreate('json', 'accesstoken=abc&spaceguid=ten');
      const env = { __OW_APIGW_TOKEN: 'abc', __OW_APIGW_SPACE_GUID: 'ten' };
      assert.equal((await rt.run('api create /books /list get list -q', { env })).stdout, '');
    });

    it('creates from a Swagger file, JSON as it is and YAML as JSON', async () => {
      const text = JSON.stringify(document, null, 1);
      await rt.folder.write('books.json', text);
      expectCreate();
      assert.deepEqual(await rt.run('api create --config-file books.json'), {
        status: 0,
        stdout: [
          'ok: created API /books/list get for action /guest/list\nhttps://gw/t/books/list\n',
          'ok: created API /books/list post for action /guest/p/add\nhttps://gw/t/books/list\n',
          'ok: created API /books/a get\nhttps://gw/t/books/a\n',
        ].join(''),
        stderr: '',
      });
      assert.deepEqual(rt.lastBody, { apidoc: { namespace: '_', swagger: text } });
      await rt.folder.write('books.yml', 'swagger: "2.0"\nbasePath: /b\ninfo: {title: B}\npaths: {}\n');
      expectCreate();
      await rt.run('api create -c books.yml');
      const { apidoc } = rt.lastBody as { apidoc: { swagger: string } };
      assert.deepEqual(JSON.parse(apidoc.swagger), { swagger: '2.0', basePath: '/b', info: { title: 'B' }, paths: {} });
    });

    const refused: readonly [string, string][] = [
      [
        '',
        'Invalid argument(s). Specify a swagger file or specify an API base path with an API path, an API verb, and an action name.',
      ],
      ['books /list get list', "'books' must begin with '/'."],
      ['/books list get list', "'list' must begin with '/'."],
      [
        '/b/{x} /list get list',
        "The base path '/b/{x}' cannot have parameters. Only the relative path supports path parameters.",
      ],
      ['/books /{id} get list', "A response type of 'http' is required when using path parameters."],
      [
        '/books /list gte list',
        "'gte' is not a valid API verb.  Valid values are: get, post, put, patch, delete, head, options",
      ],
      ['/books /list get a//b', "'a//b' is not a valid qualified name: A valid qualified name must be specified."],
      ['/list get list -c x.json', "Cannot use --config-file together with '/list get list'"],
      ['-n a -c x.json', 'Cannot use --apiname together with --config-file'],
      ['/list get list -r pdf', "Invalid value 'pdf' for --response-type: expected one of html, http, json, text, svg"],
      ['-c missing.json', "File 'missing.json' is not a valid file or it does not exist"],
      ['-c part.json', 'Swagger file is invalid (missing basePath, info, paths, or swagger fields)'],
      ['-c relative.json', 'Swagger file basePath must start with a leading slash (/)'],
      ['-c broken.json', "Invalid swagger file 'broken.json': not valid JSON at line 1, column 2 (unexpected end)"],
    ];
    for (const [words, message] of refused) {
      it(`C-55: refuses 'api create ${words}' before any request`, async () => {
        await rt.folder.write('part.json', '{"swagger":"2.0","info":{}}');
        await rt.folder.write('relative.json', '{"swagger":"2.0","info":{},"paths":{},"basePath":"b"}');
        await rt.folder.write('broken.json', '{');
        const { status, stderr } = await rt.run(`api create ${words}`.trim());
        assert.equal(stderr.split('\n')[0], `error: ${message}`);
        assert.equal(status, 2);
      });
    }

    it('refuses an action that is no web action, or is missing', async () => {
      expectAction('list', []);
      const { status, stderr } = await rt.run('api create /books /list get list');
      assert.equal(
        stderr,
        `error: Action '/_/list' is not a web action. Issue 'rt action update "/_/list" --web true' to convert the action to a web action.\n`,
      );
      assert.equal(status, 2);
      const missing = { status: 404, body: { error: 'The requested resource does not exist.', code: 'tid' } };
      rt.host.expect('GET /api/v1/namespaces/_/actions/list?code=false', missing);
      assert.equal((await rt.run('api create /books /list get list')).status, 148);
    });

    it('quotes the refusal of the gateway', async () => {
      expectAction('list');
      rt.host.expect(`POST ${management}/createApi.http?responsetype=json&${access}`, {
        status: 502,
        body: { error: 'API creation failure: no' },
      });
      const { status, stderr } = await rt.run('api create /books /list get list');
      assert.deepEqual([status, stderr], [246, 'error: Unable to create API: API creation failure: no\n']);
    });
  });

  describe('list', () => {
    const other = {
      ...value,
      apidoc: { ...document, basePath: '/a', info: { title: 'A' }, paths: { '/z': { head: {} } } },
    };
    const entries = [value, other].map((api) => ({ id: 'Not Used', key: 'Not Used', value: api }));

    function expectList(query = ''): void {
      rt.host.expect(`GET ${management}/getApi.http?${query}${access}`, { body: { apis: entries } });
    }

    const rows = (text: string): string[] =>
      text
        .trimEnd()
        .split('\n')
        .map((line) => line.replace(/ +/g, ' '));

    it('C-46: shows a row for each route, by name when asked', async () => {
      expectList();
      assert.deepEqual(rows((await rt.run('api list')).stdout), [
        'ok: APIs',
        'Action Verb API Name URL',
        '/guest/list get Books https://gw/t/books/list',
        '/guest/p/add post Books https://gw/t/books/list',
        ' get Books https://gw/t/books/a',
        ' head A https://gw/t/books/z',
      ]);
      expectList();
      const sorted = (await rt.run('api list -n -q')).stdout;
      assert.deepEqual(
        rows(sorted).map((row) => row.split(' ')[1]),
        ['Verb', 'head', 'get', 'get', 'post'],
      );
    });

    it('shows a block for each route with --full, of one path and verb only', async () => {
      expectList('basepath=%2Fbooks&relpath=%2Flist&operation=post&');
      assert.equal(
        (await rt.run('api list /books /list POST --full')).stdout,
        'ok: APIs\nAction: /guest/p/add\n  Verb: post\n  API Name: Books\n  Base path: /books\n  Path: /list\n  URL: https://gw/t/books/list\n',
      );
    });

    it('C-49: gives the entries as the gateway gave them, a part of them, and their number', async () => {
      expectList();
      assert.deepEqual(JSON.parse((await rt.run('api list --json')).stdout), entries);
      expectList();
      assert.deepEqual(JSON.parse((await rt.run('api list --json --skip 1 --limit 5')).stdout), entries.slice(1));
      expectList();
      assert.equal((await rt.run('api list --count')).stdout, 'You have 2 apis in this namespace.\n');
      expectList('basepath=Books&');
      const urls = [
        'https://gw/t/books/list',
        'https://gw/t/books/list',
        'https://gw/t/books/a',
        'https://gw/t/books/z',
      ];
      assert.equal((await rt.run('api list Books --output name')).stdout, `${urls.join('\n')}\n`);
    });
  });

  describe('get', () => {
    function expectGet(name: string, apis: readonly object[] = [{ value }]): void {
      rt.host.expect(`GET ${management}/getApi.http?basepath=${name}&${access}`, { body: { apis } });
    }

    it('shows the document, all of the API, or YAML', async () => {
      expectGet('%2Fbooks');
      assert.equal((await rt.run('api get /books')).stdout, `${JSON.stringify(document, null, 4)}\n`);
      expectGet('Books');
      assert.deepEqual(JSON.parse((await rt.run('api get Books --full --json')).stdout), value);
      expectGet('Books');
      assert.match(
        (await rt.run('api get Books --format yaml')).stdout,
        /^swagger: "2\.0"\nbasePath: \/books\ninfo:\n/,
      );
    });

    it('says that there is none', async () => {
      expectGet('%2Fx', []);
      const path = await rt.run('api get /x');
      assert.equal(path.stderr.split('\n')[0], 'error: API does not exist for basepath /x');
      expectGet('x', []);
      const name = await rt.run('api get x');
      assert.equal(name.stderr.split('\n')[0], 'error: API does not exist for API name x');
      assert.deepEqual([path.status, name.status], [148, 148]);
    });

    it('says that the platform has no gateway', async () => {
      const missing = { status: 404, body: { error: 'The requested resource does not exist.', code: 'tid' } };
      rt.host.expect(`GET ${management}/getApi.http?basepath=%2Fx&${access}`, missing);
      const { status, stderr } = await rt.run('api get /x');
      const line = "error: Unable to get API '/x': The requested resource does not exist. (code tid)";
      assert.deepEqual([status, stderr], [148, `${line}\nhint: this platform has no API gateway\n`]);
    });
  });

  describe('delete', () => {
    const cases: readonly [string, string, string][] = [
      ['/books', 'basepath=%2Fbooks', 'ok: deleted API /books\n'],
      ['Books /list', 'basepath=Books&relpath=%2Flist', 'ok: deleted /list from Books\n'],
      ['/books /list GET', 'basepath=%2Fbooks&relpath=%2Flist&operation=get', 'ok: deleted /list GET from /books\n'],
    ];
    for (const [words, query, line] of cases) {
      it(`C-44: deletes '${words}'`, async () => {
        rt.host.expect(`DELETE ${management}/deleteApi.http?${query}&force=true&${access}`, { body: {} });
        assert.deepEqual(await rt.run(`api rm ${words}`), { status: 0, stdout: line, stderr: '' });
      });
    }

    it('C-49: prints what was deleted with --json', async () => {
      rt.host.expect(`DELETE ${management}/deleteApi.http?basepath=%2Fb&relpath=%2Fl&force=true&${access}`, {
        body: {},
      });
      assert.equal((await rt.run('api delete /b /l --json')).stdout, '{"basepath":"/b","relpath":"/l"}\n');
    });

    it('refuses paths and verbs that are none', async () => {
      const refused: readonly [string, RegExp][] = [
        ['', /^error: Invalid argument\(s\)\. An API base path or API name is required\./],
        ['/b l', /^error: 'l' must begin with '\/'\./],
        ['/b /l fetch', /^error: 'fetch' is not a valid API verb\./],
      ];
      for (const [words, message] of refused) {
        const { status, stderr } = await rt.run(`api delete ${words}`.trim());
        assert.match(stderr, message);
        assert.equal(status, 2);
      }
    });
  });
});
