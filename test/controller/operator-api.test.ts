import assert from 'node:assert/strict';
import { ControllerUnderTest } from '../helpers/controller-under-test.js';
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
    for (const body of [{}, {}, { error: 'no' }]) await api.post('actions/hello?blocking=true', body);
    await api.post('actions/tools/hello?blocking=true', {});
    const { headers, text } = await api.get('//metrics', nobody);
    assert.equal(headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8');
    const labels = (action: string): string =>
      `namespace="ns",initiator="ns",action="${action}",kind="nodejs:20",memory="256"`;
    for (const line of [
      '# TYPE openwhisk_action_activations_total counter',
      `openwhisk_action_activations_total{${labels('hello')}} 3`,
      `openwhisk_action_activations_total{${labels('tools/hello')}} 1`,
      `openwhisk_action_coldStarts_total{${labels('hello')}} 0`,
      '# TYPE openwhisk_action_duration_seconds histogram',
      `openwhisk_action_duration_seconds_bucket{${labels('hello')},le="0.005"} 3`,
      `openwhisk_action_duration_seconds_bucket{${labels('hello')},le="+Inf"} 3`,
      `openwhisk_action_duration_seconds_sum{${labels('hello')}} 0.003`,
      `openwhisk_action_duration_seconds_count{${labels('hello')}} 3`,
      `openwhisk_action_status{${labels('hello')},status="success"} 2`,
      `openwhisk_action_status{${labels('hello')},status="application error"} 1`,
    ]) {
      assert.ok(text.split('\n').includes(line), `${line} in\n${text}`);
    }
    assert.ok(text.endsWith('\n'));
  });

  it('RS-242 tells foreign sites nothing', async () => {
    await start(true);
    const foreign = { ...nobody, headers: { Origin: 'https://evil.example' } };
    for (const path of ['//metrics', '//invokers', '//activation/count']) {
      assert.equal((await api.get(path, foreign)).status, 403);
    }
  });
});
