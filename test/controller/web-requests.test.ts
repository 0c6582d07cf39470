import assert from 'node:assert/strict';
import { isAcceptable } from '../../src/lib/controller/web/content-negotiation.js';
import { toWebArguments, type WebContent } from '../../src/lib/controller/web/web-arguments.js';
import { mayRun } from '../../src/lib/controller/web/web-authorization.js';
import { webCorsHeaders } from '../../src/lib/controller/web/web-cors.js';
import { parseWebTarget } from '../../src/lib/controller/web/web-target.js';
import { parseJson } from '../../src/lib/entity/json.js';
import { Rejection } from '../../src/lib/errors/rejection.js';

describe('addresses of web actions', () => {
  const short = (rest: string): string => {
    const { namespace, package: packageName, name, extension, path, query } = parseWebTarget(`/api/v1/web/${rest}`);
    return [namespace, packageName, name, extension, path, query].join('|');
  };
  const statusOf = (rest: string): number => {
    try {
      parseWebTarget(`/api/v1/web${rest}`);
      return 200;
    } catch (error) {
      return error instanceof Rejection ? error.status : 500;
    }
  };

  it('23.240 23.242 23.267 the extension is a known suffix, the rest is the path as sent', () => {
    const rows = [
      ['ns/default/a', 'ns||a|http||'],
      ['ns/pkg/a.json?x=1&y=%20', 'ns|pkg|a|json||x=1&y=%20'],
      ['ns/default/a.json/x/y', 'ns||a|json|/x/y|'],
      ['ns/default/a.json/', 'ns||a|json|/|'],
      ['ns/default/a/%2f%00//é?', 'ns||a|http|/%2f%00//é|'],
      ['ns/default/a.xyz', 'ns||a.xyz|http||'],
      ['ns/default/a.json.http', 'ns||a.json|http||'],
      ['ns/default/a.JSON', 'ns||a.JSON|http||'],
      ['n%20s/p%40/a%2eb.svg', 'n s|p@|a.b|svg||'],
      ['ns/default/a?b?c#d', 'ns||a|http||b?c'],
      ['ns/default/a#b?c', 'ns||a|http||'],
    ] as const;
    for (const [rest, expected] of rows) assert.equal(short(rest), expected, rest);
  });

  it('23.270 RS-206 without an action there is no route, undecodable names are 400', () => {
    for (const rest of ['/', '/ns', '/ns/', '/ns/default', '/ns/default/', '//default/a', '/ns//a', '/ns/default?/a']) {
      assert.equal(statusOf(rest), 404, rest);
    }
    for (const rest of ['/%/default/a', '/ns/%c0%af/a', '/ns/default/%zz']) assert.equal(statusOf(rest), 400, rest);
  });
});

describe('arguments of web actions', () => {
  const content = (changes: Partial<WebContent> & { readonly text?: string }): WebContent => ({
    method: 'POST',
    path: '',
    query: '',
    rawHeaders: [],
    contentType: undefined,
    body: Buffer.from(changes.text ?? ''),
    ...changes,
  });
  const none = new Set<string>();
  const bodyOf = (contentType: string | undefined, text: string | Buffer, raw = false): unknown => {
    const body = Buffer.from(text);
    const { __ow_body, ...rest } = toWebArguments(content({ contentType, body }), { raw, immutable: none });
    const fields = Object.fromEntries(Object.entries(rest).filter(([key]) => !key.startsWith('__ow_')));
    return Object.keys(fields).length > 0 || __ow_body === undefined ? fields : __ow_body;
  };
  const refusal = (changes: Parameters<typeof content>[0], immutable: ReadonlySet<string> = none): string => {
    try {
      toWebArguments(content(changes), { raw: false, immutable });
      return 'none';
    } catch (error) {
      assert.ok(error instanceof Rejection);
      return `${String(error.status)} ${error.message}`;
    }
  };

  it('17.5 method, headers and path are always there; the content type only with a body', () => {
    const rawHeaders = [
      'X-A',
      '1',
      'x-a',
      '2',
      'Cookie',
      'a',
      'cookie',
      'b',
      'Content-Type',
      'text/plain',
      '__proto__',
      'p',
    ];
    const headers = { 'x-a': '1, 2', cookie: 'a; b', ['__proto__']: 'p' };
    const rules = { raw: false, immutable: none };
    assert.deepEqual(
      toWebArguments(content({ method: 'PATCH', path: '/x', rawHeaders, contentType: 'text/plain' }), rules),
      {
        __ow_method: 'patch',
        __ow_headers: headers,
        __ow_path: '/x',
      },
    );
    const withBody = content({ rawHeaders, contentType: 'text/plain', text: 'b', user: 'ns' });
    assert.deepEqual(toWebArguments(withBody, rules), {
      __ow_method: 'post',
      __ow_headers: { ...headers, 'content-type': 'text/plain' },
      __ow_path: '',
      __ow_user: 'ns',
      __ow_body: 'b',
    });
  });

  it('23.243 23.244 23.245 bodies by their type', () => {
    const rows = [
      ['application/json', '{"a":1}', { a: 1 }],
      ['application/vnd.api+json; charset=utf-8', '{"a":1}', { a: 1 }],
      ['APPLICATION/JSON', '[1]', [1]],
      ['application/json', '"s"', 's'],
      ['application/json', 'null', null],
      ['application/json', '', {}],
      ['application/x-www-form-urlencoded', 'a=1&b=x+y&a=%C3%A4', { a: 'ä', b: 'x y' }],
      ['text/plain', 'wörds', 'wörds'],
      ['text/plain; charset=iso-8859-1', Buffer.from([0xe4]), 'ä'],
      ['text/plain; charset=unheard-of', 'ä', 'ä'],
      ['application/xml', '<a/>', '<a/>'],
      ['application/octet-stream', Buffer.from([0, 255]), 'AP8='],
      ['image/svg+xml; charset=utf-8', '<svg/>', 'PHN2Zy8+'],
      ['multipart/form-data; boundary=b', '--b--', 'LS1iLS0='],
      ['application/x-own', 'own', 'b3du'],
      ['application/x-own; charset=utf-8', 'own', 'own'],
      [undefined, 'own', 'b3du'],
    ] as const;
    for (const [type, text, expected] of rows) assert.deepEqual(bodyOf(type, text), expected, type);
  });

  it('23.249 raw actions get query and body undecoded', () => {
    const raw = { raw: true, immutable: new Set(['a']) };
    const json = toWebArguments(
      content({ query: 'a=1&b=%20x&__ow_path=%', contentType: 'application/json', text: '{"k":1}' }),
      raw,
    );
    assert.equal(json['__ow_query'], 'a=1&b=%20x&__ow_path=%');
    assert.equal(json['__ow_body'], 'eyJrIjoxfQ==');
    assert.deepEqual(Object.keys(json), ['__ow_method', '__ow_headers', '__ow_path', '__ow_query', '__ow_body']);
    const empty = toWebArguments(content({}), raw);
    assert.deepEqual([empty['__ow_query'], empty['__ow_body']], ['', '']);
    assert.equal(bodyOf('application/json', '{bad', true), 'e2JhZA==');
    assert.equal(bodyOf('application/hal+json', '{"k":1}', true), '{"k":1}');
    assert.equal(bodyOf('application/x-www-form-urlencoded', 'a=%20', true), 'a=%20');
    assert.equal(bodyOf('image/png', Buffer.from([0, 255]), true), 'AP8=');
  });

  it('23.243 the body wins over the query, and of duplicates the last one wins', () => {
    const merged = toWebArguments(
      content({ query: 'k=q&q=1&q=2&__proto__=x', contentType: 'application/json', text: '{"k":"b","constructor":1}' }),
      { raw: false, immutable: none },
    );
    assert.deepEqual([merged['k'], merged['q'], merged['constructor']], ['b', '2', 1]);
    assert.equal(Object.getOwnPropertyDescriptor(merged, '__proto__')?.value, 'x');
    assert.equal(Object.getPrototypeOf(merged), Object.prototype);
  });

  it('23.246 malformed JSON and undecodable queries are 400', () => {
    const json = 'application/json';
    assert.match(refusal({ contentType: json, text: '{bad' }), /^400 The request content was malformed:\n/);
    assert.match(refusal({ contentType: json, text: ' ' }), /^400 The request content was malformed:\n/);
    assert.match(
      refusal({ contentType: json, body: Buffer.from([0x22, 0xff, 0x22]) }),
      /^400 .*\nthe text is not valid UTF-8/,
    );
    assert.match(refusal({ contentType: json, text: '['.repeat(500) + ']'.repeat(500) }), /nested too deeply/);
    for (const query of ['a=%', 'a=%zz', '%c0%af=1', 'a=%ff']) {
      assert.equal(refusal({ query }), '400 The request contains bad syntax or cannot be fulfilled.', query);
    }
  });

  it('23.247 23.248 reserved and final names are 400 in query and body', () => {
    const text = '400 Request defines parameters that are not allowed (e.g., reserved properties).';
    for (const name of ['method', 'headers', 'path', 'user', 'query', 'body'].map((end) => `__ow_${end}`)) {
      assert.equal(refusal({ query: `${name}=1` }), text);
      assert.equal(refusal({ contentType: 'application/json', text: `{"${name}":1}` }), text);
      assert.equal(refusal({ contentType: 'application/x-www-form-urlencoded', text: `${name}=1` }), text);
    }
    const immutable = new Set(['fixed', '__ow_method']);
    assert.equal(refusal({ query: 'fixed=1' }, immutable), text);
    assert.equal(refusal({ contentType: 'application/json', text: '{"fixed":1}' }, immutable), text);
    assert.equal(refusal({ query: 'free=1' }, immutable), 'none');
  });
});

describe('rights and headers of web actions', () => {
  it('23.264 require-whisk-auth', () => {
    const rows = [
      [undefined, false, undefined, true],
      [false, false, undefined, true],
      [true, true, undefined, true],
      [true, false, 'true', false],
      ['secret', true, undefined, false],
      ['secret', false, 'secret', true],
      ['secret', false, 'Secret', false],
      ['', false, '', true],
      ['', false, undefined, false],
      ['ä', false, Buffer.from('ä').toString('latin1'), true],
      [7, false, '7', true],
      [parseJson('12345678901234567890'), false, '12345678901234567890', true],
      [null, true, 'null', false],
      [{}, true, '{}', false],
      [['x'], true, 'x', false],
    ] as const;
    for (const [annotation, authenticated, secret, expected] of rows) {
      assert.equal(mayRun(annotation, { authenticated, secret }), expected, JSON.stringify({ annotation, secret }));
    }
  });

  it('23.262 RS-207 only lists of header names are echoed', () => {
    const echoed = (requested: string | undefined): string | undefined => webCorsHeaders(requested)[2]?.[1];
    const standard = 'Authorization, Origin, X-Requested-With, Content-Type, Accept, User-Agent';
    assert.equal(echoed(undefined), standard);
    assert.equal(echoed('x'), 'x');
    assert.equal(echoed('X-A, x-b,c'), 'X-A, x-b,c');
    for (const bad of ['', 'a b', 'a,,b', 'ä', 'a\u0000', `a${'b'.repeat(4096)}`])
      assert.equal(echoed(bad), standard, bad);
  });

  it('23.261 Accept decides by the most specific range', () => {
    const html = 'text/html; charset=UTF-8';
    const rows = [
      [undefined, true],
      ['', true],
      ['*/*', true],
      ['text/*', true],
      ['TEXT/HTML', true],
      ['application/json', false],
      ['application/json, */*;q=0.1', true],
      ['text/html;q=0, */*', false],
      ['text/html;level=1;q=0.5', true],
      ['text/*;q=0, text/html', true],
      ['*/*;q=0', false],
      ['nonsense', true],
      ['image/*,text/plain', false],
    ] as const;
    for (const [accept, expected] of rows) assert.equal(isAcceptable(accept, html), expected, accept);
  });
});
