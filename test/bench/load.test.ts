import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpExchanges, type HttpTarget } from './load/http-exchange.js';
import { runLoad } from './load/run-load.js';

describe('the load of the bench', () => {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const status = request.url === '/busy' ? 429 : 200;
    request.resume().on('end', () => response.writeHead(status, { 'Content-Length': 2 }).end('[]'));
  });
  const target = (paths: readonly string[], method: HttpTarget['method'] = 'POST'): HttpTarget => ({
    ...{ port: (server.address() as AddressInfo).port, method, paths, headers: {} },
    body: method === 'GET' ? '' : '{}',
  });
  const plan = { warmUp: 0, duration: 30_000 };

  before(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  beforeEach(() => seen.splice(0));
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it('takes the paths in turn, over all connections', async () => {
    const result = await runLoad(httpExchanges(target(['/a', '/b'])), { ...plan, connections: 1, amount: 4 });
    assert.deepEqual(seen, ['POST /a', 'POST /b', 'POST /a', 'POST /b']);
    assert.equal(result.count, 4);
    assert.equal(result.errors, 0);
  });

  it('ends after the amount that was asked for', async () => {
    const result = await runLoad(httpExchanges(target(['/a'], 'GET')), { ...plan, connections: 8, amount: 100 });
    assert.equal(result.count, 100);
    assert.equal(seen.length, 100);
    assert.equal(seen[0], 'GET /a');
  });

  it('does not count refusals as throughput', async () => {
    const result = await runLoad(httpExchanges(target(['/a', '/busy'])), { ...plan, connections: 2, amount: 10 });
    assert.deepEqual({ count: result.count, errors: result.errors }, { count: 5, errors: 5 });
  });

  it('gives figures that JSON can carry even when nothing was answered', async () => {
    const result = await runLoad(httpExchanges(target(['/busy'])), { ...plan, connections: 1, amount: 2 });
    assert.deepEqual(JSON.parse(JSON.stringify(result)), result);
    assert.equal(result.count, 0);
  });
});
