import assert from 'node:assert/strict';
import { isBinary } from '../../src/lib/artifact/binary-detection.js';

function peHeader(): Buffer {
  const bytes = Buffer.alloc(128, 0x20);
  bytes.write('MZ', 0, 'latin1');
  bytes.writeUInt32LE(64, 0x3c);
  bytes.write('PE\0\0', 64, 'latin1');
  return bytes;
}

function tarHeader(): Buffer {
  const bytes = Buffer.alloc(512, 0x20);
  bytes.write('ustar', 257, 'latin1');
  return bytes;
}

describe('isBinary', () => {
  const cases: readonly [string, Buffer, boolean][] = [
    ['source text', Buffer.from('function main() {}'), false],
    ['text with CR LF and a byte order mark', Buffer.from('\ufeffa\r\nb'), false],
    ['text in other alphabets', Buffer.from('приве́т 你好 🎉'), false],
    ['an empty file', Buffer.alloc(0), false],
    ['text that begins with PK', Buffer.from('PK = 1'), false],
    ['text that begins with MZ', Buffer.from('MZ'.padEnd(200, ' ')), false],
    ['a zip', Buffer.from('504b0304', 'hex'), true],
    ['an empty zip', Buffer.from('504b0506', 'hex'), true],
    ['gzip', Buffer.from('1f8b08', 'hex'), true],
    ['tar', tarHeader(), true],
    ['ELF', Buffer.from('7f454c46', 'hex'), true],
    ['Mach-O', Buffer.from('cffaedfe', 'hex'), true],
    ['PE', peHeader(), true],
    ['bytes that are not UTF-8', Buffer.from([0x61, 0xff]), true],
  ];
  for (const [what, bytes, expected] of cases) {
    it(`C-34: says ${expected ? 'yes' : 'no'} to ${what}`, () => {
      assert.equal(isBinary(bytes), expected);
    });
  }
});
