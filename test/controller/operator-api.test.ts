import assert from 'node:assert/strict';
import { systemClock } from '../../src/lib/entity/clock.js';
import { NamespaceLimitsBook } from '../../src/lib/entity/namespace-limits.js';
import { bob, ControllerUnderTest } from '../helpers/controller-under-test.js';
import { exec } from '../helpers/web-actions-under-test.js';
import { waitUntil } from '../helpers/wait-until.js';

const nobody = { as: 'nobody' } as const;

describe('operator endpoints', () => {
  let api: ControllerUnderTest;
  let ready = true;
  const start = async (metrics: boolean): Promise<void> => {
    ready = true;
    api = await new ControllerUnderTest({ metrics, ready: () => ready }).start();
  };
  afterEach(() => api.dispose());

  it('1.4 tells whether the invoker is up', async () => {
    await start(false);
    assert.deepEqual((await api.get('//invokers', nobody)).json, { invoker0: 'up' });
    assert.equal((await api.get('//invokers/healthy/count', nobody)).text, '1');
    ready = false;
    assert.deepEqual((await api.get('//invokers', nobody)).json, { invoker0: 'down' });
    assert.equal((await api.get('//invokers/healthy/count', nobody)).text, '0');
  });

  it('1.4 counts the activations that run', async () => {
    await start(false);
    await api.put('actions/slow', { exec });
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    api.invoker.behaviours.set('slow', async () => {
      await ended;
      return {};
    });
    assert.equal((await api.get('//activation/count', nobody)).text, '0');
    const answer = api.post('actions/slow?blocking=true');
    await waitUntil('the activation runs', async () => (await api.get('//activation/count', nobody)).text === '1');
    end();
    assert.equal((await answer).status, 200);
    assert.equal((await api.get('//activation/count', nobody)).text, '0');
  });

  it('1.4 has no metrics unless they are wanted', async () => {
    await start(false);
    assert.equal((await api.get('//metrics', nobody)).status, 404);
  });

  it('1.4 counts activations under the names of the reference', async () => {
    await start(true);
    await api.put('actions/hello', { exec });
    await api.put('packages/tools', {});
    await api.put('actions/tools/hello', { exec });
    api.invoker.behaviours.set('hello', (content) => content);
    for (const body of [{}, {}, { error: { statusCode: 404 } }]) await api.post('actions/hello?blocking=true', body);
    await api.post('actions/tools/hello?blocking=true', {});
    const { headers, text } = await api.get('//metrics', nobody);
    assert.equal(headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8');
    const labels = (action: string): string => `namespace="ns",initiator="ns",action="${action}"`;
    const size = JSON.stringify({ error: { statusCode: 404 } }).length + 4;
    for (const line of [
      '# TYPE openwhisk_action_activations_total counter',
      `openwhisk_action_activations_total{${labels('hello')},kind="nodejs:20",memory="256"} 3`,
      `openwhisk_action_activations_total{${labels('tools/hello')},kind="nodejs:20",memory="256"} 1`,
      `openwhisk_action_coldStarts_total{${labels('hello')}} 0`,
      '# TYPE openwhisk_action_duration_seconds histogram',
      `openwhisk_action_duration_seconds_bucket{${labels('hello')},le="0.005"} 3`,
      `openwhisk_action_duration_seconds_bucket{${labels('hello')},le="+Inf"} 3`,
      `openwhisk_action_duration_seconds_sum{${labels('hello')}} 0.003`,
      `openwhisk_action_duration_seconds_count{${labels('hello')}} 3`,
      `openwhisk_action_status{${labels('hello')},status="success"} 2`,
      `openwhisk_action_status{${labels('hello')},status="application error"} 1`,
      `openwhisk_action_status_code{${labels('hello')},status_code="404"} 1`,
      `openwhisk_action_response_size_bytes_bucket{${labels('hello')},le="1048576"} 3`,
      `openwhisk_action_response_size_bytes_sum{${labels('hello')}} ${String(size)}`,
      '# TYPE openwhisk_action_memory gauge',
      `openwhisk_action_memory{${labels('hello')}} 256`,
      '# TYPE openwhisk_action_limit_timed_total counter',
    ]) {
      assert.ok(text.split('\n').includes(line), `${line} in\n${text}`);
    }
    assert.ok(text.endsWith('\n'));
  });

  it('1.4 follows an action through its updates in one series', async () => {
    await start(true);
    await api.put('actions/hello', { exec });
    await api.post('actions/hello?blocking=true', { statusCode: 'x' });
    await api.put('actions/hello?overwrite=true', { limits: { memory: 512 } });
    await api.post('actions/hello?blocking=true', [{ statusCode: 1 }]);
    await api.post('actions/hello?blocking=true', { deep: { statusCode: 1 } });
    const { text } = await api.get('//metrics', nobody);
    const samples = text
      .split('\n')
      .filter((line) => /^openwhisk_action_(activations|memory|coldStarts|status_code)/.test(line));
    const labels = 'namespace="ns",initiator="ns",action="hello"';
    assert.deepEqual(samples, [
      `openwhisk_action_activations_total{${labels},kind="nodejs:20",memory="256"} 1`,
      `openwhisk_action_activations_total{${labels},kind="nodejs:20",memory="512"} 1`,
      `openwhisk_action_coldStarts_total{${labels}} 0`,
      `openwhisk_action_status_code{${labels},status_code="400"} 1`,
      `openwhisk_action_memory{${labels}} 512`,
    ]);
  });

  it('1.4 counts the components of a sequence', async () => {
    await start(true);
    await api.put('actions/a', { exec });
    await api.put('actions/s', { exec: { kind: 'sequence', components: ['/_/a', '/_/a'] } });
    assert.equal((await api.post('actions/s?blocking=true', {})).status, 200);
    const { text } = await api.get('//metrics', nobody);
    assert.match(text, /^openwhisk_action_activations_total\{.*action="a".*\} 2$/m);
  });

  it('1.4 counts what was refused', async () => {
    const limits = new NamespaceLimitsBook({
      default: { invocationsPerMinute: 1, firesPerMinute: 0 },
      namespaces: { other: { concurrentInvocations: 0 } },
    });
    api = await new ControllerUnderTest({ metrics: true, limits, clock: { ...systemClock, now: () => 0 } }).start();
    for (let at = 0; at < 3; at += 1) await api.post('actions/none');
    await api.post('triggers/none');
    await api.post('actions/none', {}, { as: bob });
    const { text } = await api.get('//metrics', nobody);
    for (const line of [
      'openwhisk_action_limit_timed_total{namespace="ns"} 3',
      'openwhisk_action_limit_concurrent_total{namespace="other"} 1',
    ]) {
      assert.ok(text.split('\n').includes(line), `${line} in\n${text}`);
    }
  });

  it('RS-242 tells foreign sites nothing', async () => {
    await start(true);
    const foreign = { ...nobody, headers: { Origin: 'https://evil.example' } };
    for (const path of ['//metrics', '//invokers', '//activation/count']) {
      assert.equal((await api.get(path, foreign)).status, 403);
    }
  });
});
