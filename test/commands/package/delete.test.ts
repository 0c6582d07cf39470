import assert from 'node:assert/strict';
import { StubbedRt } from '../../helpers/stubbed-rt.js';

const base = '/api/v1/namespaces/_';
const get = `GET ${base}/packages/p`;
const remove = `DELETE ${base}/packages/p`;
const forced = `DELETE ${base}/packages/p?force=true`;
const rules = `GET ${base}/rules?limit=200&skip=0`;
const empty = { namespace: 'guest', name: 'p', binding: {}, actions: [], feeds: [] };
const full = { ...empty, actions: [{ name: 'one' }, { name: 'two' }], feeds: [{ name: 'feed' }] };
const notEmpty = { status: 409, body: { error: 'Package not empty (contains 3 entities).', code: 'tid' } };
const missing = { status: 404, body: { error: 'The requested resource does not exist.', code: 'tid' } };
const gone = 'The requested resource does not exist. (code tid)';
const everything =
  'ok: deleted action p/one\nok: deleted action p/two\nok: deleted action p/feed\nok: deleted package p\n';

function rule(name: string, trigger: string, path: string): object {
  return { namespace: 'guest', name, trigger: { path: 'guest', name: trigger }, action: { path, name: 'one' } };
}

describe('rt package delete', () => {
  let rt: StubbedRt;

  beforeEach(async () => {
    rt = await StubbedRt.start();
  });

  afterEach(async () => {
    await rt.close();
  });

  it('C-44: deletes several up to the first failure', async () => {
    rt.host.expect(remove, { body: empty }).expect(`DELETE ${base}/packages/q`, missing);
    assert.deepEqual(await rt.run('package delete p q r'), {
      status: 148,
      stdout: 'ok: deleted package p\n',
      stderr: `error: Unable to delete package 'q': ${gone}\n`,
    });
    rt.host.expect(remove, missing);
    assert.equal((await rt.run('package delete p --if-exists')).stdout, 'ok: package p does not exist\n');
  });

  it('C-57: names what a package contains that is not empty', async () => {
    rt.host.expect(remove, notEmpty).expect(get, { body: full });
    assert.deepEqual(await rt.run('package delete p'), {
      status: 153,
      stdout: '',
      stderr:
        "error: Unable to delete package 'p': Package not empty (contains 3 entities). (code tid)\n" +
        'hint: it contains one, two, feed; rt package delete p --recursive deletes them too\n',
    });
  });

  it('C-57: says only what the host says when the contents cannot be read', async () => {
    rt.host.expect(remove, notEmpty).expect(get, missing);
    const { status, stderr } = await rt.run('package delete p');
    assert.equal(status, 153);
    assert.doesNotMatch(stderr, /contains one/);
  });

  it('C-71: deletes the contents with the package in one request, and tells of each', async () => {
    rt.host.expect(get, { body: full }).expect(forced, { body: empty });
    assert.deepEqual(await rt.run('package delete p --recursive --force'), {
      status: 0,
      stdout: everything,
      stderr: '',
    });
  });

  it('C-49: gives the package alone with --json', async () => {
    rt.host.expect(get, { body: full }).expect(forced, { body: empty });
    assert.deepEqual(JSON.parse((await rt.run('package delete p -r -f --json')).stdout), empty);
  });

  it('C-71: deletes one by one where the host ignores force', async () => {
    rt.host.expect(get, { body: full }).expect(forced, notEmpty);
    for (const name of ['one', 'two', 'feed']) rt.host.expect(`DELETE ${base}/actions/p/${name}`, { body: {} });
    rt.host.expect(remove, { body: empty });
    assert.deepEqual(await rt.run('package delete p -r -f'), { status: 0, stdout: everything, stderr: '' });
  });

  it('C-71: stops at the first failure with its exit status', async () => {
    rt.host
      .expect(get, { body: full })
      .expect(forced, notEmpty)
      .expect(`DELETE ${base}/actions/p/one`, { body: {} })
      .expect(`DELETE ${base}/actions/p/two`, { status: 400, body: { error: 'no', code: 'tid' } });
    const { status, stdout, stderr } = await rt.run('package delete p -r -f');
    assert.equal(status, 144);
    assert.equal(stdout, 'ok: deleted action p/one\n');
    assert.match(stderr, /^error: Unable to delete action 'p\/two': no \(code tid\)\n/);
  });

  it('C-71: deletes a binding alone, without asking', async () => {
    const binding = { ...full, binding: { namespace: 'guest', name: 'provider' } };
    rt.host.expect(get, { body: binding }).expect(remove, { body: binding });
    assert.deepEqual(await rt.run('package delete p --recursive'), {
      status: 0,
      stdout: 'ok: deleted package p\n',
      stderr: '',
    });
  });

  it('C-71: has nothing to ask about for an empty package, or one that does not exist', async () => {
    rt.host.expect(get, { body: empty }).expect(remove, { body: empty });
    assert.equal((await rt.run('package delete p -r')).status, 0);
    rt.host.expect(get, missing).expect(remove, missing);
    assert.equal((await rt.run('package delete p -r')).status, 148);
  });

  it('C-61: deletes nothing where nobody can be asked', async () => {
    rt.host.expect(get, { body: full });
    assert.deepEqual(await rt.run('package delete p --recursive'), {
      status: 2,
      stdout: '',
      stderr:
        "error: this would delete package 'p' with 3 actions; confirm with --force (there is no terminal to ask on)\n",
    });
  });

  it('C-61: asks on a terminal, and follows the answer', async () => {
    const questions: string[] = [];
    const answering = (answer: boolean) => ({
      columns: 80,
      answer: (question: string) => {
        questions.push(question);
        return answer;
      },
    });
    rt.host.expect(get, { body: full });
    assert.equal((await rt.run('package delete p --recursive', answering(false))).status, 1);
    rt.host.expect(get, { body: full }).expect(forced, { body: empty });
    assert.equal((await rt.run('package delete p --recursive', answering(true))).status, 0);
    const question = "This would delete package 'p' with 3 actions. Go on?";
    assert.deepEqual(questions, [question, question]);
    rt.host.expect(get, { body: full }).expect(forced, { body: empty });
    assert.equal((await rt.run('package delete p --recursive --yes')).status, 0);
  });

  it('C-71: deletes the rules of that package alone, and triggers left without a rule', async () => {
    rt.host
      .expect(get, { body: full })
      .expect(rules, {
        body: [
          rule('r1', 'only', 'guest/p'),
          rule('r2', 'both', 'guest/p'),
          rule('r3', 'both', 'guest'),
          rule('r4', 'other', 'guest/p2'),
          rule('r5', 'foreign', 'other/p'),
        ],
      })
      .expect(`DELETE ${base}/rules/r1`, { body: {} })
      .expect(`DELETE ${base}/rules/r2`, { body: {} })
      .expect(`GET ${base}/triggers/only`, { body: {} })
      .expect(`DELETE ${base}/triggers/only`, { body: {} })
      .expect(forced, { body: empty });
    assert.deepEqual(await rt.run('package delete p -r --rules --yes'), {
      status: 0,
      stdout: `ok: deleted rule r1\nok: deleted rule r2\nok: deleted trigger only\n${everything}`,
      stderr: '',
    });
  });

  it('C-71: does not mind that a trigger is gone already', async () => {
    rt.host
      .expect(get, { body: full })
      .expect(rules, { body: [rule('r1', 'only', 'guest/p')] })
      .expect(`DELETE ${base}/rules/r1`, { body: {} })
      .expect(`GET ${base}/triggers/only`, missing)
      .expect(forced, { body: empty });
    const { status, stdout } = await rt.run('package delete p -r --rules -f');
    assert.deepEqual([status, stdout], [0, `ok: deleted rule r1\n${everything}`]);
  });
});
