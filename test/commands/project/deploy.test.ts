import assert from 'node:assert/strict';
import { RtOnPlatform } from '../../helpers/rt-on-platform.js';
import { runRt } from '../../helpers/run-rt.js';

const manifest = (hello: string, more = ''): string => `
project:
  name: demo
  packages:
    demo:
      actions:
        hello:
          function: hello.js
          ${hello}
        plain: { function: plain.js }
      sequences:
        both: { actions: "plain, hello" }
${more}`;

describe('rt project deploy', function () {
  this.timeout(120_000);
  let rt: RtOnPlatform;

  before(async () => {
    rt = await RtOnPlatform.start();
    await rt.folder.write('hello.js', 'exports.main = ({ name }) => ({ body: name })');
    await rt.folder.write('plain.js', 'exports.main = (args) => args');
  });

  beforeEach(async () => {
    await rt.folder.write('manifest.yaml', manifest('web: true'));
  });

  afterEach(async () => {
    await rt.run('namespace clean --force');
  });

  after(() => rt.dispose());

  it("C-73: prints a line for each entity as it is done, wskdeploy's line, the counts and the URLs of web actions", async () => {
    const lines = (await rt.ok('project deploy --jobs 1')).split('\n');
    assert.deepEqual(lines.slice(0, 6), [
      'ok: created package demo',
      'ok: created action demo/hello',
      'ok: created action demo/plain',
      'ok: created action demo/both',
      'Success: Deployment completed successfully.',
      '4 created',
    ]);
    const [name = '', url = ''] = (lines[6] ?? '').split(' ');
    assert.equal(name, 'demo/hello');
    assert.equal(await (await fetch(`${url}.http?name=Bob`)).text(), 'Bob');
  });

  it('C-6: deploys as rt deploy, from another folder too, and says what is unchanged', async () => {
    await rt.ok('project deploy');
    const { status, stdout } = await rt.run(['deploy', rt.folder.path], { cwd: '/' });
    assert.equal(status, 0);
    assert.match(stdout, /^Success: Deployment completed successfully\.\n4 unchanged\ndemo\/hello http/);
  });

  it('C-73: uploads nothing when the manifest has an error, and lists all of them with file, line and path', async () => {
    await rt.folder.write('manifest.yaml', manifest('runtimee: x', '      triggerz: {}\n'));
    const { status, stdout, stderr } = await rt.run('project deploy');
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /manifest\.yaml:9:11 project\.packages\.demo\.actions\.hello\.runtimee: unknown key/);
    assert.match(stderr, /manifest\.yaml:13:7 project\.packages\.demo\.triggerz: unknown key/);
    assert.equal(await rt.ok('package list'), 'packages\n');
  });

  it('C-73: tells what is wrong with a manifest before it looks for a platform', async () => {
    const alone = { cwd: rt.folder.path, env: { RT_NO_AUTOSTART: '1' } };
    const whole = await runRt(['project', 'deploy'], alone);
    assert.match(whole.stderr, /^error: no platform is configured and the local one does not run/);
    await rt.folder.write('manifest.yaml', manifest('runtimee: x'));
    const broken = await runRt(['project', 'deploy'], alone);
    assert.equal(broken.status, 2);
    assert.match(broken.stderr, /^error: manifest\.yaml:9:11 [^\n]*unknown key 'runtimee'/);
  });

  it('C-73: a failing entity is reported, independent ones go on, exit 1 and the summary counts', async () => {
    await rt.folder.write(
      'manifest.yaml',
      manifest('main: main').replace('plain: {', "plain: { runtime: 'nodejs:99', "),
    );
    const { status, stdout, stderr } = await rt.run('project deploy --strict');
    assert.equal(status, 1);
    assert.equal(stdout, 'ok: created package demo\nok: created action demo/hello\n');
    const lines = stderr.trimEnd().split('\n');
    assert.match(lines[0] ?? '', /^error: Unable to create action 'demo\/plain': /);
    assert.ok(lines.includes('skipped action demo/both: needs action demo/plain'), stderr);
    assert.equal(lines.at(-1), 'Deployment did not complete: 2 created, 1 failed, 1 skipped');
  });

  it('§4.2: a preview shows the changed fields, sends no write, and tells the exit status what is to do', async () => {
    await rt.ok('project deploy');
    await rt.folder.write('manifest.yaml', manifest('inputs: { max: 5, dbPassword: hush }'));
    const { status, stdout, stderr } = await rt.run('project deploy --dry-run --detailed-exitcode');
    assert.equal(status, 10, stderr);
    assert.match(
      stdout,
      /^Plan for project demo on http:.*, namespace guest: 0 to create, 1 to update, 0 to delete, 3 unchanged\n/,
    );
    assert.match(stdout, /\n {2}~ action {3}demo\/hello\n/);
    assert.match(stdout, /\n {6}annotations\.web-export +true → \(removed\) {3}no longer public\n/);
    assert.match(stdout, /\n {6}parameters\.max +→ 5\n/);
    assert.match(stdout, /\n {6}parameters\.dbPassword +→ \*\*\*\*\n/);
    assert.doesNotMatch(stdout, /hush/);
    const again = await rt.run('project deploy --preview --json');
    const plan = JSON.parse(again.stdout) as { changes: { fields: unknown[] }[] };
    assert.ok(plan.changes[0]?.fields.length === 5, again.stdout);
    await rt.ok('project deploy');
    assert.equal((await rt.run('project deploy --preview --detailed-exitcode')).status, 0);
  });

  it('§1.6: deploys a part, deletes nothing then, and refuses a name that matches nothing before any request', async () => {
    assert.match(
      await rt.ok('deploy --action demo/plain'),
      /^ok: created package demo\nok: created action demo\/plain\n/,
    );
    await rt.ok('project sync');
    await rt.folder.write('manifest.yaml', manifest('web: true').replace(/\n {8}plain:.*\n {6}sequences:\n.*/, ''));
    assert.match(await rt.ok('project sync --package demo'), /2 unchanged/);
    assert.match(await rt.ok('project sync'), /2 unchanged, 2 deleted/);
    const { status, stderr } = await rt.run('deploy --action demo/helo --exclude nobody');
    assert.equal(status, 2);
    assert.equal(
      stderr,
      "error: The project has no action 'demo/helo' (--action), no entity 'nobody' (--exclude)\nhint: its actions are demo/hello\n",
    );
  });

  it('D-26: a sync that deletes asks on a terminal', async () => {
    await rt.ok('project sync');
    await rt.folder.write('manifest.yaml', manifest('web: true').replace(/\n {6}sequences:\n.*/, ''));
    const questions: string[] = [];
    const answer = (question: string): boolean => {
      questions.push(question);
      return false;
    };
    const { status } = await rt.run('project sync', { columns: 200, answer });
    assert.equal(status, 1);
    assert.deepEqual(questions, ["This would delete action demo/both in namespace 'guest'. Go on?"]);
    assert.match(await rt.ok('project sync'), /^ok: deleted action demo\/both\n/);
  });

  it('D-27: undeploys by the manifest, without variables and code, or by the name of the project without one', async () => {
    await rt.ok('project sync');
    await rt.folder.write(
      'manifest.yaml',
      manifest('inputs: { url: $NO_SUCH_VARIABLE }').replace('hello.js', 'gone.js'),
    );
    assert.match(await rt.ok('undeploy --force'), /Success: Undeployment completed successfully\.\n4 deleted\n$/);
    await rt.folder.write('manifest.yaml', manifest('web: true'));
    await rt.ok('project sync');
    const { stdout } = await rt.run(['deploy', 'undeploy', '--projectname', 'demo', '--yes'], { cwd: '/' });
    assert.match(stdout, /4 deleted\n$/);
    assert.match(await rt.ok('undeploy'), /nothing to do/);
  });

  it('C-61: an undeploy that deletes is refused without a terminal to ask on, unless it is told to', async () => {
    await rt.ok('project deploy');
    const { status, stdout, stderr } = await rt.run('undeploy');
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /^error: this would delete .* confirm with --force/);
    assert.match(await rt.ok('deploy'), /4 unchanged/);
  });

  it('D-25: needs a name for a managed project', async () => {
    await rt.folder.write('manifest.yaml', 'packages: { p: { actions: { hello: { function: hello.js } } } }');
    const { status, stderr } = await rt.run('project sync');
    assert.equal(status, 2);
    assert.match(stderr, /project-name-missing|name/);
    assert.match(await rt.ok('project sync --projectname named'), /2 created/);
  });
});
