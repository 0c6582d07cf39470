import assert from 'node:assert/strict';
import { parseLimitsDocument } from '../../src/lib/entity/limits-document.js';
import { boundsOf, NamespaceLimitsBook } from '../../src/lib/entity/namespace-limits.js';
import { UsageError } from '../../src/lib/errors/client-errors.js';

describe('parseLimitsDocument', () => {
  it('19.3 reads what holds for all namespaces and for single ones', () => {
    const document = {
      default: { invocationsPerMinute: 60, allowedKinds: ['nodejs:20'] },
      namespaces: { guest: { maxActionMemory: 1024, storeActivations: false }, blocked: { invocationsPerMinute: 0 } },
    };
    assert.deepEqual(parseLimitsDocument(JSON.stringify(document), 'f'), document);
    assert.deepEqual(parseLimitsDocument('{}', 'f'), { default: {}, namespaces: {} });
  });

  it('19.3 refuses what cannot be meant, naming the file, the member and the reason', () => {
    const bad: [string, RegExp][] = [
      ['{', /^limits file 'my\.json': it is not JSON: /],
      ['[]', /^limits file 'my\.json': expected a JSON object$/],
      ['{"guest": {}}', /'my\.json': guest: no such member; there are default, namespaces$/],
      ['{"default": 3}', /'my\.json': default: expected a JSON object$/],
      [
        '{"default": {"rate": 3}}',
        /default\.rate: no such member; there are invocationsPerMinute, .*storeActivations$/,
      ],
      ['{"namespaces": {"a!b": {}}}', /namespaces\.a!b: The namespace contains illegal characters\.$/],
      ['{"namespaces": {"a": null}}', /namespaces\.a: expected a JSON object$/],
      [
        '{"namespaces": {"a": {"firesPerMinute": -1}}}',
        /a\.firesPerMinute: expected a whole number from 0 to 2147483647$/,
      ],
      ['{"namespaces": {"a": {"firesPerMinute": "9"}}}', /a\.firesPerMinute: expected a whole number/],
      ['{"namespaces": {"a": {"maxActionMemory": 0.5}}}', /a\.maxActionMemory: expected a whole number from 1 /],
      [
        '{"namespaces": {"a": {"maxActionMemory": 64}}}',
        /namespaces\.a: minActionMemory \(128\) is more than maxActionMemory \(64\)$/,
      ],
      [
        '{"default": {"minActionTimeout": 300001}}',
        /default: minActionTimeout \(300001\) is more than maxActionTimeout/,
      ],
      ['{"default": {"maxActionConcurrency": 0}}', /default\.maxActionConcurrency: expected a whole number from 1 /],
      [
        '{"default": {"minActionConcurrency": 2}}',
        /default: minActionConcurrency \(2\) is more than maxActionConcurrency \(1\)$/,
      ],
      ['{"namespaces": {"a": {"allowedKinds": "nodejs:20"}}}', /a\.allowedKinds: expected an array of kinds/],
      ['{"namespaces": {"a": {"storeActivations": 1}}}', /a\.storeActivations: expected true or false$/],
    ];
    for (const [text, message] of bad) {
      assert.throws(
        () => parseLimitsDocument(text, 'my.json'),
        (error: unknown) => {
          assert.ok(error instanceof UsageError, text);
          assert.match(error.message, message);
          return true;
        },
      );
    }
  });
});

describe('NamespaceLimitsBook', () => {
  const book = new NamespaceLimitsBook({
    default: { invocationsPerMinute: 60, maxActionMemory: 256 },
    namespaces: { guest: { maxActionMemory: 1024, maxActionConcurrency: 500 } },
  });

  it('19.3 puts what holds for one namespace over what holds for all, and that over the defaults', () => {
    const { invocationsPerMinute, firesPerMinute, maxActionMemory } = book.of('guest');
    assert.deepEqual([invocationsPerMinute, firesPerMinute, maxActionMemory], [60, 2_147_483_647, 1024]);
    assert.deepEqual(boundsOf(book.of('other')).memory, { min: 128, max: 256 });
    assert.deepEqual(boundsOf(book.of('guest')).concurrency, { min: 1, max: 500 });
    assert.deepEqual(boundsOf(book.of('other')).concurrency, { min: 1, max: 1 });
    assert.equal(book.of('__proto__'), book.general);
  });

  it('1.2 knows the widest bounds of any namespace', () => {
    assert.deepEqual(book.widest.memory, { min: 128, max: 1024 });
    assert.deepEqual(book.widest.concurrency, { min: 1, max: 500 });
    assert.deepEqual(new NamespaceLimitsBook().widest.memory, { min: 128, max: 512 });
  });
});
