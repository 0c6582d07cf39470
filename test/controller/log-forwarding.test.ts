import assert from 'node:assert/strict';
import { bob, ControllerUnderTest } from '../helpers/controller-under-test.js';

const path = '//runtime/namespaces/_/logForwarding';

describe('log forwarding', () => {
  let api: ControllerUnderTest;
  beforeEach(async () => {
    api = await new ControllerUnderTest().start();
  });
  afterEach(() => api.dispose());

  it('19.5 stays with the platform until it is set, and never gives secrets back', async () => {
    assert.deepEqual((await api.get(path)).json, { adobe_io_runtime: {} });
    const splunk = { host: 'splunk.example', port: '8088', index: 'main' };
    const body = { splunk_hec: { ...splunk, hec_token: 'secret' } };
    const answer = await api.put(path, body);
    assert.deepEqual([answer.status, answer.json], [200, { splunk_hec: splunk }]);
    assert.deepEqual((await api.get(path)).json, { splunk_hec: splunk });
    assert.deepEqual((await api.get(`${path}/errors`)).json, { destination: 'splunk_hec', errors: [] });
    assert.deepEqual((await api.get(path, { as: bob })).json, { adobe_io_runtime: {} });
    assert.deepEqual((await api.put(path, { adobe_io_runtime: {} })).json, { adobe_io_runtime: {} });
  });

  it('19.5 knows the destinations of the reference', async () => {
    const azure = { azure_log_analytics: { customer_id: 'c', shared_key: 's', log_type: 't' } };
    assert.deepEqual((await api.put(path, azure)).json, { azure_log_analytics: { customer_id: 'c', log_type: 't' } });
    const relic = { new_relic: { base_uri: 'https://log.example', license_key: 'k' } };
    assert.deepEqual((await api.put(path, relic)).json, { new_relic: { base_uri: 'https://log.example' } });
  });

  for (const body of [
    {},
    { syslog: {} },
    { constructor: {} },
    { adobe_io_runtime: {}, new_relic: {} },
    { splunk_hec: { host: 'h' } },
    { splunk_hec: { host: '', port: '1', index: 'i', hec_token: 't' } },
    { splunk_hec: 'host' },
    [],
  ]) {
    it(`19.5 refuses ${JSON.stringify(body)}`, async () => {
      assert.equal((await api.put(path, body)).status, 400);
      assert.deepEqual((await api.get(path)).json, { adobe_io_runtime: {} });
    });
  }

  it('19.5 wants credentials for the own namespace, and no other methods', async () => {
    assert.equal((await api.get(path, { as: 'nobody' })).status, 401);
    assert.equal((await api.get('//runtime/namespaces/other/logForwarding')).status, 403);
    assert.equal((await api.delete(path)).status, 405);
    assert.equal((await api.get('//runtime/namespaces/_/nothing')).status, 404);
    assert.equal((await api.get('//runtime/nothing')).status, 404);
  });
});
