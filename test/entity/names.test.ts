import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isEntityName, parseEntityName, parseNamespaceName } from '../../src/lib/entity/entity-name.js';
import {
  formatFullyQualifiedName,
  formatPath,
  parseFullyQualifiedName,
  parseNamespaceArgument,
  parseReference,
} from '../../src/lib/entity/fully-qualified-name.js';
import { UsageError } from '../../src/lib/errors/client-errors.js';
import { MalformedContent, Rejection } from '../../src/lib/errors/rejection.js';

const name = fc
  .stringMatching(/^[A-Za-z0-9_]([A-Za-z0-9_@ .&-]{0,20}[A-Za-z0-9_@.&-])?$/)
  .filter((text) => text !== '_' && text !== '.');

describe('entity names', () => {
  it('follow the rule of the specification for every string', () => {
    // The pattern of §5, written down once more as it stands there.
    const rule = /^(\w|\w[\w@ .&-]{0,254}[\w@.&-])$/;
    fc.assert(
      fc.property(fc.oneof(name, fc.string(), fc.string({ unit: 'binary' })), (text) => {
        assert.equal(isEntityName(text), rule.test(text) && !text.endsWith('\n'));
      }),
    );
  });

  it('are measured before they are matched', () => {
    assert.equal(parseEntityName('n'.repeat(256)).length, 256);
    assert.throws(
      () => parseEntityName('$'.repeat(257)),
      new Rejection(400, 'Name segement longer than allowed: 257 > 256.'),
    );
    assert.throws(() => parseNamespaceName('a\n'), new Rejection(400, 'The namespace contains illegal characters.'));
  });

  it('RS-208 a megabyte is refused at once', () => {
    assert.equal(isEntityName('a '.repeat(500_000)), false);
  });
});

describe('names typed by users (C-8)', () => {
  const key = (namespace: string, packageName: string, entity: string): object => ({
    namespace,
    package: packageName,
    name: entity,
  });

  it('are read in every accepted form', () => {
    const cases: [string, object][] = [
      ['hello', key('me', '', 'hello')],
      ['pkg/hello', key('me', 'pkg', 'hello')],
      ['/ns/hello', key('ns', '', 'hello')],
      ['/ns/pkg/hello', key('ns', 'pkg', 'hello')],
      ['ns/pkg/hello', key('ns', 'pkg', 'hello')],
      ['/_/hello', key('me', '', 'hello')],
      ['_/hello', key('me', '', 'hello')],
      ['_/pkg/hello', key('me', 'pkg', 'hello')],
      ['h\u00e9 llo@1.2-x', key('me', '', 'h\u00e9 llo@1.2-x')],
    ];
    for (const [text, expected] of cases) assert.deepEqual(parseFullyQualifiedName(text, 'me'), expected, text);
  });

  it('two parts name a namespace where no package can be', () => {
    for (const thing of ['trigger', 'rule', 'package'] as const) {
      assert.deepEqual(parseFullyQualifiedName('ns/x', 'me', thing), key('ns', '', 'x'));
      assert.throws(() => parseFullyQualifiedName('a/b/c', 'me', thing), UsageError);
    }
  });

  it('are refused before any request when they cannot name an entity', () => {
    for (const text of ['', '/', 'a//b', 's/', '.', 'a/.', '/ns', '/ns/', 'a/b/c/d', '/a/b/c/d', '//a']) {
      assert.throws(() => parseFullyQualifiedName(text, 'me'), UsageError, text);
    }
  });

  it('namespaces are read with and without slashes', () => {
    assert.deepEqual(
      ['/ns', '/ns/', 'ns', '_', '/_/'].map((text) => parseNamespaceArgument(text, 'me')),
      ['ns', 'ns', 'ns', 'me', 'me'],
    );
    for (const text of ['', '/', '/a/b', '.']) assert.throws(() => parseNamespaceArgument(text, 'me'), UsageError);
  });

  it('reading undoes writing', () => {
    fc.assert(
      fc.property(name, fc.option(name, { nil: '' }), name, (namespace, packageName, entity) => {
        const fqn = { namespace, package: packageName, name: entity };
        assert.deepEqual(parseFullyQualifiedName(formatFullyQualifiedName(fqn), 'me'), fqn);
        assert.deepEqual(parseReference(formatFullyQualifiedName(fqn), 'me'), fqn);
        assert.deepEqual(parseReference(formatPath(fqn), 'me'), fqn);
      }),
    );
  });
});

describe('names inside request bodies', () => {
  it('resolve the placeholder', () => {
    assert.deepEqual(parseReference('/_/p/a', 'me'), { namespace: 'me', package: 'p', name: 'a' });
  });

  it('need a namespace and legal parts', () => {
    assert.throws(() => parseReference('a', 'me'), /must contain at least the namespace/);
    for (const text of ['', '/', '//a', '/a/', '/a/b/c/d', '/a/$', '/a/b ']) {
      assert.throws(() => parseReference(text, 'me'), MalformedContent, text);
    }
  });
});
