import assert from 'node:assert/strict';
import { StubbedRt } from '../../helpers/stubbed-rt.js';

describe('C-9 Git Bash on Windows', () => {
  let rt: StubbedRt;

  beforeEach(async () => {
    rt = await StubbedRt.start();
  });

  afterEach(() => rt.close());

  const rewritten: readonly (readonly [string, Record<string, string>])[] = [
    ['C:/Program Files/Git/guest/pkg/hello', {}],
    ['D:\\tools\\Git\\guest\\pkg\\hello', {}],
    ['C:/msys/portable/guest/pkg/hello', { EXEPATH: 'C:\\msys\\portable\\bin' }],
  ];
  for (const [word, more] of rewritten) {
    it(`restores a name that the shell has made ${word} of, and says so once`, async () => {
      rt.host.expect('DELETE /api/v1/namespaces/guest/actions/pkg/hello', { body: {} });
      const env = { MSYSTEM: 'MINGW64', ...more };
      const result = await rt.run(['action', 'delete', word], { env });
      assert.equal(result.status, 0, result.stderr);
      assert.equal(
        result.stderr,
        "note: restored '/guest/pkg/hello' from a path rewritten by the shell; set MSYS_NO_PATHCONV=1 or write 'guest/pkg/hello'\n",
      );
    });
  }

  it('leaves paths of files, other shells and other paths alone', async () => {
    const env = { MSYSTEM: 'MINGW64' };
    const file = await rt.run(['action', 'create', 'hello', 'C:/Program Files/Git/hello.js'], { env });
    assert.match(file.stderr, /File 'C:\/Program Files\/Git\/hello\.js' is not a valid file/);
    for (const [word, around] of [
      ['C:/Users/me/hello', env],
      ['C:/Program Files/Git/guest/hello', {}],
    ] as const) {
      const result = await rt.run(['action', 'get', word], { env: around });
      assert.equal(result.status, 2);
      assert.doesNotMatch(result.stderr, /restored/);
    }
  });
});
