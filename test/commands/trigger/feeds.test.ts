import assert from 'node:assert/strict';
import { StubbedRt } from '../../helpers/stubbed-rt.js';
import { base, feedAnswer, feedCall, gone, id, missing, stored, withFeed } from './stored-triggers.js';

describe('rt trigger with a feed', () => {
  let rt: StubbedRt;

  beforeEach(async () => {
    rt = await StubbedRt.start();
  });

  afterEach(async () => {
    await rt.close();
  });

  /** Bodies of the requests so far, in order; undefined for none. */
  function bodies(): unknown[] {
    return rt.host.requests.map(({ body }): unknown => (body === '' ? undefined : JSON.parse(body)));
  }

  describe('create', () => {
    it('C-69: gives the parameters to the feed, with what it needs to know', async () => {
      rt.host.expect(`PUT ${base}/t?overwrite=false`, { body: withFeed }).expect(feedCall, feedAnswer({ ok: true }));
      const run = await rt.run('trigger create t --feed pkg/feed -p cron now -p id 12345678901234567890 -a note hi');
      assert.deepEqual(run, { status: 0, stdout: 'ok: created trigger t\n', stderr: '' });
      assert.deepEqual(bodies()[0], {
        annotations: [
          { key: 'note', value: 'hi' },
          { key: 'feed', value: '/_/pkg/feed' },
        ],
      });
      assert.equal(
        rt.lastText,
        '{"cron":"now","id":12345678901234567890,"lifecycleEvent":"CREATE","triggerName":"/_/t","authKey":"uuid:key"}',
      );
    });

    it('C-69: keeps parameters of the feed and of the trigger apart with -F and -T', async () => {
      rt.host.expect(`PUT ${base}/t?overwrite=false`, { body: withFeed }).expect(feedCall, feedAnswer({}));
      await rt.run('trigger create t -f pkg/feed -F cron now -T place Oslo');
      const [put, call] = bodies();
      assert.deepEqual((put as { parameters: unknown }).parameters, [{ key: 'place', value: 'Oslo' }]);
      assert.equal((call as { cron: unknown }).cron, 'now');
    });

    it('C-69: names the feed in full and sends the configured namespace', async () => {
      rt.host
        .expect('PUT /api/v1/namespaces/ns/triggers/t?overwrite=false', { body: withFeed })
        .expect('POST /api/v1/namespaces/whisk.system/actions/alarms/alarm?blocking=true&result=false', feedAnswer({}));
      await rt.run('trigger create t --feed /whisk.system/alarms/alarm --namespace ns');
      assert.equal((bodies()[1] as { triggerName: unknown }).triggerName, '/ns/t');
    });

    it('C-69: deletes the trigger again when the feed is missing', async () => {
      rt.host
        .expect(`PUT ${base}/t?overwrite=false`, { body: withFeed })
        .expect(feedCall, missing)
        .expect(`DELETE ${base}/t`, { body: withFeed });
      assert.deepEqual(await rt.run('trigger create t --feed pkg/feed'), {
        status: 148,
        stdout: '',
        stderr: `error: Unable to create trigger 't': Unable to configure feed '/_/pkg/feed': ${gone}\n`,
      });
    });

    it('C-69: deletes the trigger again when the feed fails, and exits as the feed call', async () => {
      rt.host
        .expect(`PUT ${base}/t?overwrite=false`, { body: withFeed })
        .expect(feedCall, feedAnswer({ error: 'no cron' }, 502))
        .expect(`DELETE ${base}/t`, { body: withFeed });
      assert.deepEqual(await rt.run('trigger create t --feed pkg/feed'), {
        status: 246,
        stdout: '',
        stderr:
          "error: Unable to create trigger 't': Unable to configure feed '/_/pkg/feed': no cron\n" +
          `hint: rt activation get ${id} shows what the feed did\n`,
      });
    });

    it('C-69: takes a feed that does not end in time for one that failed', async () => {
      rt.host
        .expect(`PUT ${base}/t?overwrite=false`, { body: withFeed })
        .expect(feedCall, { status: 202, body: { activationId: id } })
        .expect(`DELETE ${base}/t`, { body: withFeed });
      const { status, stdout } = await rt.run('trigger create t --feed pkg/feed --json -q');
      assert.equal(status, 202);
      assert.equal((JSON.parse(stdout) as { error: { code: unknown } }).error.code, 'pending');
    });

    it('C-69: says that the trigger is left over when it cannot be deleted again', async () => {
      rt.host
        .expect(`PUT ${base}/t?overwrite=false`, { body: withFeed })
        .expect(feedCall, missing)
        .expect(`DELETE ${base}/t`, { status: 500, body: { error: 'broken', code: 'x' } });
      const { status, stderr } = await rt.run('trigger create t --feed pkg/feed');
      assert.equal(status, 148);
      assert.match(stderr, /\nhint: the trigger is left without its feed .*rt trigger delete t --no-feed\n$/);
    });
  });

  describe('update', () => {
    it('C-69: gives parameters to the trigger without a feed, and to one that does not exist yet', async () => {
      for (const answer of [{ body: stored }, missing]) {
        rt.host.expect(`GET ${base}/t`, answer).expect(`PUT ${base}/t?overwrite=true`, { body: stored });
        assert.equal((await rt.run('trigger update t -p a 2')).status, 0);
        assert.deepEqual(rt.lastBody, { parameters: [{ key: 'a', value: 2 }] });
      }
    });

    it('C-69: tells the feed of new parameters, which the trigger does not get', async () => {
      for (const flag of ['-p', '-F']) {
        rt.host
          .expect(`GET ${base}/t`, { body: withFeed })
          .expect(`PUT ${base}/t?overwrite=true`, { body: withFeed })
          .expect(feedCall, feedAnswer({}));
        assert.equal((await rt.run(`trigger update t ${flag} cron later`)).stdout, 'ok: updated trigger t\n');
        const [put, call] = bodies().slice(-2);
        assert.deepEqual(put, {});
        assert.deepEqual(call, {
          cron: 'later',
          lifecycleEvent: 'UPDATE',
          triggerName: '/_/t',
          authKey: 'uuid:key',
        });
      }
    });

    it('C-69: keeps the annotation of the feed, and leaves the feed alone, when only annotations change', async () => {
      rt.host.expect(`GET ${base}/t`, { body: withFeed }).expect(`PUT ${base}/t?overwrite=true`, { body: withFeed });
      await rt.run('trigger update t -a note hi');
      assert.deepEqual(rt.lastBody, {
        annotations: [
          { key: 'note', value: 'hi' },
          { key: 'feed', value: '/_/pkg/feed' },
        ],
      });
    });

    it('C-69: exits as the feed call when the feed refuses the parameters', async () => {
      rt.host
        .expect(`GET ${base}/t`, { body: withFeed })
        .expect(`PUT ${base}/t?overwrite=true`, { body: withFeed })
        .expect(feedCall, feedAnswer({ error: { code: 7 } }, 502));
      const { status, stderr } = await rt.run('trigger update t -p cron never');
      assert.equal(status, 246);
      assert.match(
        stderr,
        /^error: Unable to update trigger 't': Unable to configure feed '\/_\/pkg\/feed': \{"code":7\}\n/,
      );
    });

    it('C-69: connects a trigger that has no feed yet, and keeps its annotations', async () => {
      const noted = { ...stored, annotations: [{ key: 'note', value: 'hi' }] };
      rt.host
        .expect(`GET ${base}/t`, { body: noted })
        .expect(`PUT ${base}/t?overwrite=true`, { body: withFeed })
        .expect(feedCall, feedAnswer({}));
      await rt.run('trigger update t --feed pkg/feed -p cron now');
      const [, put, call] = bodies();
      assert.deepEqual(put, {
        annotations: [
          { key: 'note', value: 'hi' },
          { key: 'feed', value: '/_/pkg/feed' },
        ],
      });
      assert.equal((call as { lifecycleEvent: unknown }).lifecycleEvent, 'CREATE');
    });

    it('C-69: gives a trigger its former annotations back when the new feed fails', async () => {
      const noted = { ...stored, annotations: [{ key: 'note', value: 'hi' }] };
      rt.host
        .expect(`GET ${base}/t`, { body: noted })
        .expect(`PUT ${base}/t?overwrite=true`, { body: withFeed })
        .expect(feedCall, missing)
        .expect(`PUT ${base}/t?overwrite=true`, { body: noted });
      assert.equal((await rt.run('trigger update t --feed pkg/feed')).status, 148);
      assert.deepEqual(rt.lastBody, { annotations: [{ key: 'note', value: 'hi' }] });
    });

    it('C-69: refuses a second feed, and parameters for a feed that is not there', async () => {
      rt.host.expect(`GET ${base}/t`, { body: withFeed });
      const second = await rt.run('trigger update t --feed other');
      assert.equal(second.status, 2);
      assert.match(second.stderr, /^error: Trigger 't' has the feed '\/_\/pkg\/feed' already\n/);
      rt.host.expect(`GET ${base}/t`, { body: stored });
      const none = await rt.run('trigger update t -F a 1');
      assert.equal(none.status, 2);
      assert.match(none.stderr, /^error: Incorrect usage\. Trigger without a feed cannot have feed parameters\n/);
    });
  });

  describe('get', () => {
    it('C-69: shows the trigger, then what the feed says of it', async () => {
      rt.host.expect(`GET ${base}/t`, { body: withFeed }).expect(feedCall, feedAnswer({ next: 1.0 }));
      const { stdout } = await rt.run('trigger get t');
      assert.match(stdout, /^ok: got trigger t\n\{\n[^]*"feed"[^]*\n\}\n\{\n {4}"next": 1\n\}\n$/);
      assert.equal((rt.lastBody as { lifecycleEvent: unknown }).lifecycleEvent, 'READ');
      rt.host.expect(`GET ${base}/t`, { body: withFeed }).expect(feedCall, feedAnswer({ next: 1 }));
      const { feed, ...trigger } = JSON.parse((await rt.run('trigger get t --json')).stdout) as Record<string, unknown>;
      assert.deepEqual({ feed, trigger }, { feed: { next: 1 }, trigger: withFeed });
    });

    it('C-69: shows the trigger and warns when the feed cannot be asked', async () => {
      rt.host.expect(`GET ${base}/t`, { body: withFeed }).expect(feedCall, missing);
      const { status, stdout, stderr } = await rt.run('trigger get t');
      assert.equal(status, 0);
      assert.match(stdout, /^ok: got trigger t\n/);
      assert.equal(stderr, `warning: Unable to read trigger 't' from its feed '/_/pkg/feed': ${gone}\n`);
    });
  });

  describe('delete', () => {
    it('C-69: tells the feed first', async () => {
      rt.host
        .expect(`GET ${base}/t`, { body: withFeed })
        .expect(feedCall, feedAnswer({}))
        .expect(`DELETE ${base}/t`, { body: withFeed });
      assert.deepEqual(await rt.run('trigger delete t'), { status: 0, stdout: 'ok: deleted trigger t\n', stderr: '' });
      assert.equal((bodies()[1] as { lifecycleEvent: unknown }).lifecycleEvent, 'DELETE');
    });

    it('C-69: deletes the trigger although the feed fails, with a warning', async () => {
      rt.host
        .expect(`GET ${base}/t`, { body: withFeed })
        .expect(feedCall, feedAnswer({ error: 'gone' }, 502))
        .expect(`DELETE ${base}/t`, { body: withFeed });
      assert.deepEqual(await rt.run('trigger delete t'), {
        status: 0,
        stdout: 'ok: deleted trigger t\n',
        stderr:
          "warning: Unable to take trigger 't' from its feed '/_/pkg/feed': gone; the trigger was deleted all the same\n",
      });
    });

    it('C-69: asks nobody with --no-feed', async () => {
      rt.host.expect(`DELETE ${base}/t`, { body: withFeed });
      assert.equal((await rt.run('trigger rm t --no-feed')).stdout, 'ok: deleted trigger t\n');
    });
  });
});
