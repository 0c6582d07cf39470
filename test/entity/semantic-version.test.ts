import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nextVersion, parseSemanticVersion } from '../../src/lib/entity/semantic-version.js';

describe('semantic versions', () => {
  it('fill up missing parts and ignore parts after the third', () => {
    assert.deepEqual(['1', '1.2', '1.2.3', '1.2.3.4', '01.2'].map(parseSemanticVersion), [
      '1.0.0',
      '1.2.0',
      '1.2.3',
      '1.2.3',
      '1.2.0',
    ]);
  });

  it('refuse everything else', () => {
    for (const value of [
      '',
      '0',
      '0.0.0',
      'a',
      '1.x',
      '-1',
      '1..2',
      '1.2.',
      ' 1',
      '1e3',
      '9'.repeat(10),
      1,
      null,
      [],
      {},
    ]) {
      assert.throws(() => parseSemanticVersion(value), /semantic version malformed/, JSON.stringify(value));
    }
  });

  it('an update counts the patch part up, whatever the version', () => {
    const part = fc.nat(999_999_998);
    fc.assert(
      fc.property(part, part, fc.integer({ min: 1, max: 999_999_998 }), (major, minor, patch) => {
        const version = [major, minor, patch].join('.');
        assert.equal(parseSemanticVersion(version), version);
        assert.equal(nextVersion(version), [major, minor, patch + 1].join('.'));
      }),
    );
  });
});
