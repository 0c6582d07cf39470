import assert from 'node:assert/strict';
import { PlatformError } from '../../src/lib/errors/client-errors.js';
import { defaultPlatformOptions } from '../../src/lib/platform/launcher/platform-options.js';
import { poolSettings } from '../../src/lib/platform/pool-settings.js';
import { RuntimeManifest } from '../../src/lib/runtime-manifest/runtime-manifest.js';

const reactive = { minCount: 1, maxCount: 4, ttl: '2 minutes', threshold: 1, increment: 1 };

function manifest(stemCells: readonly object[]): RuntimeManifest {
  return RuntimeManifest.parse({
    runtimes: {
      nodejs: [
        { kind: 'nodejs:18', deprecated: true, image: 'i:18', stemCells: [{ initialCount: 9, memory: '256 MB' }] },
        { kind: 'nodejs:20', default: true, image: 'i:20', stemCells },
      ],
      python: [{ kind: 'python:3', image: 'p:3' }],
    },
  });
}

describe('poolSettings', () => {
  const wished = [
    { initialCount: 2, memory: '256 MB', reactive },
    { initialCount: 1, memory: '128 MB' },
  ];

  it('AI-306 keeps the stem cells of the manifest, unless --prewarm says otherwise', () => {
    assert.deepEqual(poolSettings(defaultPlatformOptions, manifest(wished)).prewarm, [
      { kind: 'nodejs:20', memory: 256, count: 2 },
      { kind: 'nodejs:20', memory: 128, count: 1 },
    ]);
    const options = { ...defaultPlatformOptions, prewarm: [{ kind: 'python:default', count: 3 }] };
    assert.deepEqual(poolSettings(options, manifest(wished)).prewarm, [{ kind: 'python:3', memory: 256, count: 3 }]);
  });

  it('AI-306 keeps one of the default kind where nobody wishes any', () => {
    assert.deepEqual(poolSettings(defaultPlatformOptions, manifest([])).prewarm, [
      { kind: 'nodejs:20', memory: 256, count: 1 },
    ]);
  });

  it('names a kind of --prewarm that the manifest does not have', () => {
    const options = { ...defaultPlatformOptions, prewarm: [{ kind: 'cobol:1', count: 1 }] };
    assert.throws(() => poolSettings(options, manifest([])), PlatformError);
  });
});
