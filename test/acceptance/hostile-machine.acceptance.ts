import assert from 'node:assert/strict';
import { BuiltRt } from '../helpers/built-rt.js';

describe('the built program on a machine that does not play along', () => {
  let rt: BuiltRt;
  before(async () => {
    rt = await BuiltRt.create();
  });
  after(() => rt.dispose());

  it('C-53 tells that the working folder is gone', async () => {
    const script = 'mkdir gone && cd gone && rmdir ../gone && exec node "$(command -v rt)" config path';
    const { exit, stderr } = await rt.program('bash', ['-c', script]);
    assert.equal(exit, 2, stderr);
    assert.match(stderr, /^error: the working folder does not exist any more\nhint: cd to another folder$/m);
  });
});
