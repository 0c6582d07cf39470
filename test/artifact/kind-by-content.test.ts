import assert from 'node:assert/strict';
import { kindByContent } from '../../src/lib/artifact/kind-by-content.js';
import { UsageError } from '../../src/lib/errors/client-errors.js';

describe('kindByContent', () => {
  const cases: readonly [readonly string[], string][] = [
    [['package.json'], 'nodejs:default'],
    [['index.js', 'package.json', 'lib'], 'nodejs:default'],
    [['__main__.py', 'helper.py'], 'python:default'],
    [['index.php'], 'php:default'],
    [['main.rb'], 'ruby:default'],
    [['main.go', 'go.mod'], 'go:default'],
    [['Cargo.toml', 'src'], 'rust:default'],
  ];
  for (const [names, kind] of cases) {
    it(`C-35: takes ${names.join(', ')} for ${kind}`, () => {
      assert.equal(kindByContent('dir', names), kind);
    });
  }

  it('C-35: names both files when two kinds fit', () => {
    assert.throws(
      () => kindByContent('dir', ['__main__.py', 'index.js']),
      (error) => error instanceof UsageError && /index\.js.*__main__\.py/.test(error.message),
    );
  });

  it('C-35: points to --native for a program and to --kind otherwise', () => {
    const hint = (names: string[]): string | undefined => {
      try {
        return kindByContent('dir', names);
      } catch (error) {
        return error instanceof UsageError ? error.hint : undefined;
      }
    };
    assert.match(hint(['exec']) ?? '', /--native/);
    assert.match(hint(['Main.class']) ?? '', /--main/);
    assert.match(hint(['readme.md']) ?? '', /--kind KIND/);
  });
});
