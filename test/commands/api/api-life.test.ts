import assert from 'node:assert/strict';
import { RtOnPlatform } from '../../helpers/rt-on-platform.js';

describe('an API on the local platform', function () {
  this.timeout(120_000);
  let rt: RtOnPlatform;

  before(async () => {
    rt = await RtOnPlatform.start();
    await rt.folder.write('echo.js', 'main = ({ name, __ow_path }) => ({ name, path: __ow_path })');
    await rt.ok('package create p');
    await rt.ok('action create echo echo.js --web true');
    await rt.ok('action create p/secret echo.js --web true --web-secure s3cret');
    await rt.ok('action create raw echo.js');
  });

  after(async () => {
    await rt.dispose();
  });

  /** Calls the route whose URL a command has printed on its second line. */
  async function call(printed: string, change: (url: string) => string = (url) => url): Promise<unknown> {
    const [, url = ''] = printed.split('\n');
    const response = await fetch(change(url), { headers: { connection: 'close' } });
    return response.json();
  }

  it('C-44: leads to web actions, secured ones too, and is deleted verb by verb', async () => {
    const created = await rt.ok('api create /books /list get echo --apiname Books');
    assert.match(created, /^ok: created API \/books\/list get for action \/_\/echo\nhttp:\/\/\S+\/books\/list\n$/);
    assert.deepEqual(await call(created, (url) => `${url}?name=Bob`), { name: 'Bob', path: '' });
    const secured = await rt.ok('api create /books /safe get p/secret');
    assert.deepEqual(await call(secured, (url) => `${url}?name=Eve`), { name: 'Eve', path: '' });
    const { status } = await rt.run('api create /books /x get raw');
    assert.equal(status, 2);
    const rows = (await rt.ok('api list -n')).split('\n').map((line) => line.split(/ +/).slice(0, 3).join(' '));
    assert.deepEqual(rows, ['ok: APIs', 'Action Verb API', '/guest/echo get Books', '/guest/p/secret get Books', '']);
    assert.equal(await rt.ok('api delete Books /list get'), 'ok: deleted /list GET from Books\n');
    assert.deepEqual(Object.keys(((await rt.json('api get Books')) as { paths: object }).paths), ['/safe']);
    assert.equal(await rt.ok('api delete /books'), 'ok: deleted API /books\n');
    assert.deepEqual(await rt.json('api list'), []);
    const gone = await rt.run('api delete /books');
    assert.deepEqual(
      [gone.status, gone.stderr],
      [246, "error: Unable to delete API: API deletion failure: API '/books' does not exist.\n"],
    );
  });

  it('comes back from what api get has saved', async () => {
    await rt.ok('api create /saved /one get echo');
    await rt.folder.write('saved.yaml', await rt.ok('api get /saved --format yaml'));
    await rt.folder.write('saved.json', await rt.ok('api get /saved'));
    const before = await rt.json('api get /saved');
    for (const file of ['saved.yaml', 'saved.json']) {
      await rt.ok('api delete /saved');
      const created = await rt.ok(`api create -c ${file}`);
      assert.match(created, /^ok: created API \/saved\/one get for action \/guest\/echo\n/);
      assert.deepEqual(await call(created, (url) => `${url}?name=x`), { name: 'x', path: '' });
      assert.deepEqual(await rt.json('api get /saved'), before);
    }
  });
});
