import assert from 'node:assert/strict';
import { sentinelEnd } from '../../src/lib/containers/docker/sentinel-end.js';
import { collectAttached } from '../../src/lib/containers/docker/attached-output.js';
import { logSentinel } from '../../src/lib/containers/log-framing.js';
import { StreamCollector } from '../../src/lib/containers/stream-collector.js';
import { PassThrough } from 'node:stream';
import { VirtualClock } from '../helpers/virtual-clock.js';

const limits = { limit: 1_000_000, developerError: false };

/** A collector that reads the engine's frames from a stream of the test. */
function collectorOf(promised: boolean): { clock: VirtualClock; collector: StreamCollector; connection: PassThrough } {
  const clock = new VirtualClock();
  const collector = new StreamCollector({ clock, awaitEnd: sentinelEnd(clock, promised), onStray: () => undefined });
  const connection = new PassThrough();
  collectAttached(connection, collector);
  return { clock, collector, connection };
}

function frame(type: 1 | 2, text: string): Buffer {
  const header = Buffer.from([type, 0, 0, 0, 0, 0, 0, 0]);
  header.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([header, Buffer.from(text)]);
}

describe('the end of the logs in the docker driver', () => {
  it('is the sentinel on both streams, wherever the chunks of the engine begin and end', async () => {
    for (const size of [1, 3, 7, 1000]) {
      const { collector, connection } = collectorOf(true);
      const bytes = Buffer.concat([
        frame(1, 'out ☃\nmore'),
        frame(2, 'err\n'),
        frame(1, `\n${logSentinel}\n`),
        frame(2, `${logSentinel}\n`),
      ]);
      const taken = collector.take(limits);
      for (let at = 0; at < bytes.length; at += size) connection.write(bytes.subarray(at, at + size));
      const { lines, complete } = await taken;
      const texts = lines.map((line) => line.slice(31)).sort();
      assert.deepEqual([texts, complete], [['stderr: err', 'stdout: more', 'stdout: out ☃'], true]);
    }
  });

  it('AI-315 is given up 2 s after the last output when a sentinel is missing', async () => {
    const { clock, collector, connection } = collectorOf(true);
    connection.write(frame(1, `text\n${logSentinel}\n`));
    const taken = collector.take(limits);
    await clock.advance(2_500);
    const { lines, complete } = await taken;
    assert.equal(complete, false);
    assert.match(
      lines.at(-1) ?? '',
      /stderr: There was an issue while collecting your logs\. Data might be missing\.$/,
    );
  });

  it('AI-316 is what has come so far where no sentinel is promised', async () => {
    const { clock, collector, connection } = collectorOf(false);
    connection.write(frame(1, 'text\n'));
    const taken = collector.take(limits);
    await clock.advance(100);
    const { lines, complete } = await taken;
    assert.deepEqual([lines.map((line) => line.slice(31)), complete], [['stdout: text'], true]);
  });

  it('AI-317 is not waited for long after a developer error', async () => {
    const { clock, collector, connection } = collectorOf(true);
    connection.write(frame(2, 'last words\n'));
    const taken = collector.take({ ...limits, developerError: true });
    await clock.advance(600);
    const { complete } = await taken;
    assert.equal(complete, true);
  });

  it('is the end of the streams when the container has gone', async () => {
    const { collector, connection } = collectorOf(true);
    connection.end(frame(1, 'text\n'));
    const { lines, complete } = await collector.take({ ...limits, developerError: true });
    assert.deepEqual([lines.length, complete], [2, true]);
  });
});
