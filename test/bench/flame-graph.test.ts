import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { type CpuProfile, frameTree, hotFunctions } from './profile/cpu-profile.js';
import { flameGraph } from './profile/flame-graph.js';
import { hotList } from './profile/profile-page.js';
import { stepTimes } from './profile/steps.js';

describe('the profile of a candidate', () => {
  let profile: CpuProfile;

  before(async () => {
    const text = await readFile(new URL('fixtures/two-callers.json', import.meta.url), 'utf8');
    profile = JSON.parse(text) as CpuProfile;
  });

  it('becomes one tree with the times of each function alone and with what it called', () => {
    const root = frameTree(profile);
    assert.deepEqual(
      root.children.map(({ name, self, total }) => ({ name, self, total })),
      [
        { name: 'serve', self: 1000, total: 9000 },
        { name: '(garbage collector)', self: 1000, total: 1000 },
      ],
    );
    assert.equal(root.total, 10_000);
  });

  it('joins what V8 has split, and puts the greatest part first', () => {
    const [serve] = frameTree(profile).children;
    assert.deepEqual(
      serve?.children.map(({ name, origin, total }) => `${name} ${origin} ${String(total)}`),
      ['emit internal 5500', 'parse<T> platform.cjs 2500'],
    );
  });

  it('counts a function that calls itself once', () => {
    const [hottest] = hotFunctions(frameTree(profile));
    assert.deepEqual(hottest, { name: 'serve', origin: 'platform.cjs', self: 0.5, total: 0.9 });
  });

  it('lists the hottest functions with their shares', () => {
    assert.deepEqual(hotList(frameTree(profile)).split('\n').slice(0, 2), [
      '  itself    total  function',
      ' 50.0 %   90.0 %  serve  platform.cjs',
    ]);
  });

  it('gives each time to the innermost step, and what is in none to Node', () => {
    const steps = [
      { name: 'serving', functions: ['serve'] },
      { name: 'events', functions: ['emit'] },
    ];
    const times = stepTimes(frameTree(profile), steps, 100);
    assert.deepEqual(
      times.map(({ name, perRequest, share }) => `${name} ${perRequest.toFixed(1)} ${share.toFixed(2)}`),
      ['serving 75.0 0.75', 'events 15.0 0.15', 'Node itself: event loop, HTTP, streams, promises 10.0 0.10'],
    );
  });

  it('is drawn as boxes as wide as their time, callees below callers, with figures in the tooltip', () => {
    const svg = flameGraph(frameTree(profile), 'P-20');
    assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 1200 108"/u);
    assert.match(svg, /P-20: 10\.0 ms/u);
    const serve =
      /serve \(platform\.cjs\): 9\.0 ms, 90\.0 %, itself 1\.0 ms<\/title><rect x="0\.00" y="46" width="1080\.00"/u;
    assert.match(svg, serve);
    assert.match(svg, /emit \(internal\)[^/]*<\/title><rect x="0\.00" y="64" width="660\.00"/u);
    assert.match(svg, /parse&lt;T&gt; \(platform\.cjs\)[^/]*<\/title><rect x="660\.00" y="64" width="300\.00"/u);
    assert.equal(svg.match(/<g>/gu)?.length, 6);
    assert.ok(!svg.includes('parse<T>'));
  });

  it('says of an empty profile that it is empty', () => {
    assert.throws(() => frameTree({ nodes: [], samples: [], timeDeltas: [] }), /empty/u);
  });
});
