import assert from 'node:assert/strict';
import { transcode } from '../../src/lib/controller/web/transcoders.js';
import type { WebResponse } from '../../src/lib/controller/web/web-response.js';
import type { WebExtension } from '../../src/lib/controller/web/web-target.js';
import { type JsonValue, parseJson } from '../../src/lib/entity/json.js';
import { Rejection } from '../../src/lib/errors/rejection.js';

const notHttp = "400 Response is not valid 'message/http'.";
const mismatch = '400 Response type in header did not match generated content type.';
const unknownType = '400 Response did not specify a known content-type.';

describe('transcoders of web actions', () => {
  /** `status|content type|text`, or the refusal. */
  const shown = (extension: WebExtension, value: JsonValue): string => {
    try {
      const { status, entity } = transcode(extension, value);
      return entity === undefined
        ? String(status)
        : `${String(status)}|${entity.type}|${entity.bytes.toString('utf8')}`;
    } catch (error) {
      assert.ok(error instanceof Rejection);
      return `${String(error.status)} ${error.message}`;
    }
  };
  const table = (extension: WebExtension, rows: readonly (readonly [JsonValue, string])[]): void => {
    for (const [value, expected] of rows) assert.equal(shown(extension, value), expected, JSON.stringify(value));
  };

  it('23.250 .json pretty-prints objects and arrays, and nothing else', () => {
    const refused = "400 Response is not valid 'application/json'.";
    table('json', [
      [
        { a: 'b', c: [1, {}], d: [] },
        '200|application/json|{\n  "a": "b",\n  "c": [\n    1,\n    {}\n  ],\n  "d": []\n}',
      ],
      [['x'], '200|application/json|[\n  "x"\n]'],
      [
        { statusCode: 404, headers: { a: 'b' } },
        '200|application/json|{\n  "statusCode": 404,\n  "headers": {\n    "a": "b"\n  }\n}',
      ],
      ['x', refused],
      [1, refused],
      [null, refused],
    ]);
  });

  it('24 .json keeps every digit of numbers and keys such as __proto__', () => {
    const value = parseJson('{"n":12345678901234567890,"f":1.0,"__proto__":{"a":1e400}}');
    assert.equal(
      shown('json', value),
      '200|application/json|{\n  "n": 12345678901234567890,\n  "f": 1.0,\n  "__proto__": {\n    "a": 1e400\n  }\n}',
    );
  });

  it('23.251 .html and .svg take body before their own field, which must be a string', () => {
    const html = "400 Response is not valid 'text/html'.";
    const svg = "400 Response is not valid 'image/svg+xml'.";
    table('html', [
      [{ html: '<i>', body: '<b>' }, '200|text/html; charset=UTF-8|<b>'],
      [{ html: '<i>' }, '200|text/html; charset=UTF-8|<i>'],
      ['<p>ä', '200|text/html; charset=UTF-8|<p>ä'],
      [{}, html],
      [{ html: 1 }, html],
      [{ body: null, html: '<i>' }, html],
      [['<i>'], html],
      [7, html],
    ]);
    table('svg', [
      [{ svg: '<svg/>' }, '200|image/svg+xml|<svg/>'],
      [{ body: '<b/>', svg: '<svg/>' }, '200|image/svg+xml|<b/>'],
      [{ html: 'x' }, svg],
    ]);
  });

  it('23.252 .text shows any JSON; without body and text it is 404', () => {
    const type = 'text/plain; charset=UTF-8';
    table('text', [
      [{ text: 'words' }, `200|${type}|words`],
      [{ body: { a: 1 } }, `200|${type}|{\n  "a": 1\n}`],
      [{ text: [1] }, `200|${type}|[\n  1\n]`],
      [{ text: 1.5 }, `200|${type}|1.5`],
      [{ text: true }, `200|${type}|true`],
      [{ text: null }, `200|${type}|null`],
      [['a'], `200|${type}|[\n  "a"\n]`],
      [3, `200|${type}|3`],
      [{ html: 'x' }, '404 Response does not include requested property.'],
    ]);
  });

  it('23.253 .http without body is empty, with 204 unless it says otherwise', () => {
    const json = { 'Content-Type': 'application/json' };
    table('http', [
      [{}, '204'],
      [{ body: '' }, '204'],
      [{ body: null, headers: json }, '204'],
      [{ statusCode: 200 }, '200'],
      [{ statusCode: 204, body: 'x' }, '204'],
      [{ statusCode: 304, body: 'x' }, '304'],
    ]);
    assert.deepEqual(transcode('http', { headers: json }).headers, []);
  });

  it('23.254 .http text is HTML and anything else is JSON by default', () => {
    table('http', [
      [{ body: 'ä' }, '200|text/html; charset=UTF-8|ä'],
      [{ body: { a: [1, 2] } }, '200|application/json|{"a":[1,2]}'],
      [{ body: 5 }, '200|application/json|5'],
      [{ body: false }, '200|application/json|false'],
      [{ body: [], headers: { 'content-type': 'application/vnd.api+json' } }, '200|application/vnd.api+json|[]'],
      [
        { body: { a: 1 }, headers: { 'Content-Type': 'application/hal+json' } },
        '200|application/hal+json|{\n  "a": 1\n}',
      ],
      ['x', notHttp],
      [['x'], notHttp],
      [null, notHttp],
    ]);
  });

  it('23.255 RS-205 statusCode is a whole number from 200 to 599, or its text', () => {
    table('http', [
      ...[200, 444, 599, '201', '0404'].map((code): [JsonValue, string] => [
        { statusCode: code },
        String(Number(code)),
      ]),
      [parseJson('{"statusCode":202.0}'), '202'],
      ...[200.5, 'x', '', '2e2', ' 200', true, null, [200], {}, 0, -200, 100, 101, 199, 600, 1000, '99', '1e400'].map(
        (code): [JsonValue, string] => [{ statusCode: code }, notHttp],
      ),
      [parseJson('{"statusCode":1e400}'), notHttp],
    ]);
  });

  it('23.256 headers are texts, numbers, booleans and lists of them, in their own case', () => {
    const { headers }: WebResponse = transcode('http', {
      headers: { 'Set-Cookie': ['a=b', 'c=d'], 'X-Num': 1, 'x-bool': false, Empty: '', none: [] },
    });
    assert.deepEqual(headers, [
      ['Set-Cookie', 'a=b'],
      ['Set-Cookie', 'c=d'],
      ['X-Num', '1'],
      ['x-bool', 'false'],
      ['Empty', ''],
    ]);
    const bad = [{}, null, [['x']], [null], [{}]];
    table(
      'http',
      bad.map((value): [JsonValue, string] => [{ headers: { h: value } }, notHttp]),
    );
    table(
      'http',
      [[], null, 'h: v', 1].map((value): [JsonValue, string] => [{ headers: value }, notHttp]),
    );
  });

  it('RS-205 a header that cannot be sent is 400, one of the connection is dropped', () => {
    const names = ['', ' ', 'a b', 'a:b', 'a\r\nb', 'ä', '\u0000', 'a\u0000', '(x)'];
    table(
      'http',
      names.map((name): [JsonValue, string] => [{ headers: { [name]: 'v' } }, notHttp]),
    );
    const values = ['a\r\nSet-Cookie: x=y', 'a\n', '\r', '\u0000', '\u007f', 'a\u0001', '€', '😀', '\u2028'];
    table(
      'http',
      values.map((value): [JsonValue, string] => [{ headers: { h: value } }, notHttp]),
    );
    table(
      'http',
      values.map((value): [JsonValue, string] => [{ headers: { 'content-type': [value] }, body: 'x' }, notHttp]),
    );
    const dropped = ['Content-Length', 'Transfer-Encoding', 'CONNECTION', 'Keep-Alive', 'Upgrade', 'TE', 'Trailer'];
    const lines = dropped.map((name): [string, string] => [name, '5']);
    const { headers } = transcode('http', {
      headers: Object.fromEntries<JsonValue>([...lines, ['__proto__', 'kept'], ['x', 'ÿ\t ']]),
    });
    assert.deepEqual(headers, [
      ['__proto__', 'kept'],
      ['x', 'ÿ\t '],
    ]);
  });

  it('23.257 binary types take base64', () => {
    const png = (body: string, type = 'image/png'): string =>
      Buffer.from(transcode('http', { headers: { 'content-TYPE': type }, body }).entity?.bytes ?? '').toString(
        'base64',
      );
    assert.equal(png('iVBORw0KGgo='), 'iVBORw0KGgo=');
    assert.equal(png('iVBORw0KGgo'), 'iVBORw0KGgo=');
    assert.equal(png('PHN2Zy8+', 'image/svg+xml; charset=utf-8'), 'PHN2Zy8+');
    assert.equal(png('AAEC', 'application/x-unheard-of'), 'AAEC');
    const bad = ['not base64!', 'a', '====', 'ab=c', 'abc==', 'iVBORw0KGgo= '];
    table(
      'http',
      bad.map((body): [JsonValue, string] => [{ headers: { 'content-type': 'image/png' }, body }, mismatch]),
    );
  });

  it('23.258 a content type has to fit the body and to be one', () => {
    table('http', [
      [{ headers: { 'content-type': 'text/html' }, body: { a: 1 } }, mismatch],
      [{ headers: { 'content-type': 'image/png' }, body: 1 }, mismatch],
      ...['xyzbar', '', '/', 'a/', '/b', 'a/b/c', '*/*', 'text/*', 'a b/c', 7].flatMap(
        (type): [JsonValue, string][] => [
          [{ headers: { 'content-type': type }, body: 'x' }, unknownType],
          [{ headers: { 'content-type': type }, body: {} }, unknownType],
        ],
      ),
    ]);
  });

  it('23.259 text with a JSON type is passed on as it is, base64 is decoded', () => {
    const json = (body: string): JsonValue => ({ headers: { 'Content-Type': 'application/json' }, body });
    table('http', [
      [json('hello world'), '200|application/json|hello world'],
      [json('{"a":1}'), '200|application/json|{"a":1}'],
      [json('eyJhIjoxfQ=='), '200|application/json|{"a":1}'],
      [json('eyJhIjoxfQ'), '200|application/json|eyJhIjoxfQ'],
    ]);
  });

  it('24.16 the charset of text is added when it is not given', () => {
    const of = (type: string): string => shown('http', { headers: { 'content-type': type }, body: 'ä' });
    assert.equal(of('text/plain'), '200|text/plain; charset=UTF-8|ä');
    assert.equal(of('application/xml'), '200|application/xml; charset=UTF-8|ä');
    assert.equal(of('text/css;charset=iso-8859-1'), '200|text/css;charset=iso-8859-1|ä');
    assert.equal(of('application/x-own; charset=utf-8'), '200|application/x-own; charset=utf-8|ä');
  });
});
