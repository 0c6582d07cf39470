import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { BuiltRt } from '../helpers/built-rt.js';

function pathOf(name: string): string {
  return fileURLToPath(new URL(`scripts/${name}`, import.meta.url));
}

describe('a script for another program, with rt in its place', function () {
  this.timeout(180_000);

  for (const peer of ['wsk', 'aio']) {
    it(`C-2: runs deploy-with-${peer}.sh unchanged`, async () => {
      const rt = await BuiltRt.create({ names: [peer] });
      try {
        const { WHISK_APIHOST, WHISK_AUTH } = await rt.startPlatform();
        const env =
          peer === 'wsk'
            ? { WHISK_APIHOST, WHISK_AUTH }
            : { AIO_RUNTIME_APIHOST: WHISK_APIHOST, AIO_RUNTIME_AUTH: WHISK_AUTH, AIO_RUNTIME_NAMESPACE: 'guest' };
        const { exit, stdout, stderr } = await rt.program('/bin/sh', [pathOf(`deploy-with-${peer}.sh`)], env);
        assert.equal(exit, 0, `${stdout}${stderr}`);
        const expected = await readFile(pathOf(`deploy-with-${peer}.txt`), 'utf8');
        assert.equal(stdout.replaceAll(WHISK_APIHOST, 'URL'), expected);
      } finally {
        await rt.dispose();
      }
    });
  }
});
