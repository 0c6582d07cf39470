import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isBinaryCode, type KnownKinds, parseExec } from '../../src/lib/entity/exec-parser.js';

const kinds: KnownKinds = {
  resolve: (kind) => (kind === 'nodejs:20' ? { kind, requireMain: false, deprecated: false } : undefined),
  validValues: () => ['nodejs:20'],
};

describe('exec', () => {
  it('is binary exactly when it is padded base64', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => {
        const code = Buffer.from(bytes).toString('base64');
        assert.equal(isBinaryCode(code), true);
        assert.equal(isBinaryCode(`${code}=`), false);
        assert.equal(isBinaryCode(`${code.slice(1)}\n`), false);
      }),
    );
    assert.deepEqual(['', 'abcd', 'abc', 'ab==', 'a===', '====', 'ab=c'].map(isBinaryCode), [
      false,
      true,
      false,
      true,
      false,
      false,
      false,
    ]);
  });

  it('reads image names', () => {
    for (const image of ['a', 'u/i', 'reg.io/u/i:v1', 'localhost:5000/a/b/c:1.0', `u/i@sha256:${'0'.repeat(64)}`]) {
      assert.deepEqual(parseExec({ kind: 'blackbox', image }, kinds, 'ns').exec, {
        kind: 'blackbox',
        image,
        binary: false,
      });
    }
    for (const image of ['', ' ', 'A', 'u//i', 'u/i:', ':v1', 'u/i@x', 'a b', '/u/i', 'x'.repeat(600)]) {
      assert.throws(() => parseExec({ kind: 'blackbox', image }, kinds, 'ns'), /could not parse image name/, image);
    }
  });

  it('resolves the components of a sequence', () => {
    const { exec } = parseExec({ kind: 'sequence', components: ['/_/a', 'x/p/b'] }, kinds, 'ns');
    assert.deepEqual(exec, { kind: 'sequence', components: ['/ns/a', '/x/p/b'] });
  });

  it('names the valid kinds once', () => {
    assert.throws(
      () => parseExec({ kind: 'x', code: '' }, kinds, 'ns'),
      /'x' is not supported by this platform\. Valid values are: 'nodejs:20', 'blackbox', 'sequence'\.$/,
    );
  });
});
