import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject, type JsonObject } from '../../entity/json.js';
import { unpackArchive } from './archive/archive.js';
import { ArchiveError } from './archive/archive-error.js';
import { nodeArchiveFormat } from './archive/archive-format.js';

const failureTexts = {
  zip: 'There was an error uncompressing the action Zip archive.',
  'tar.gz': 'There was an error uncompressing the action Tar GZ archive.',
  unknown: 'There was an error uncompressing the action archive. The file type is unsupported',
} as const;

/**
 * Makes the function that turns a body of `/init` into what our nodejs runner gets: text passes as it is, an archive is unpacked into the
 * box and named by its folder, or by the reason why it was not (action-interface.md §1.4). An archive is unpacked once; a second `/init` is
 * the runner's to refuse.
 */
export function prepareNodeInit(box: string): (body: string) => Promise<string> {
  let used = false;
  return async (body) => {
    const value = readArchiveInit(body);
    if (value === undefined || used) return body;
    used = true;
    const folder = join(box, 'action');
    const failure = await unpack(value.code, folder);
    // The runner wants to see that there was code; it does not need the archive itself.
    return JSON.stringify({ value: { ...value, code: '-' }, folder, failure });
  };
}

/** The `value` of an init with an archive; undefined for everything else, also what the runner will refuse. */
function readArchiveInit(body: string): (JsonObject & { readonly code: string }) | undefined {
  // Cheaper than parsing a large text twice: the member is always written by the invoker.
  if (!/"binary"\s*:\s*true/.test(body)) return undefined;
  const value = parseValue(body);
  if (value?.binary !== true || typeof value.main !== 'string' || value.main === '') return undefined;
  return typeof value.code === 'string' && value.code !== '' ? { ...value, code: value.code } : undefined;
}

function parseValue(body: string): JsonObject | undefined {
  try {
    const json: unknown = JSON.parse(body);
    return isJsonObject(json) && isJsonObject(json.value) ? json.value : undefined;
  } catch {
    return undefined;
  }
}

async function unpack(code: string, folder: string): Promise<string | undefined> {
  const bytes = Buffer.from(code, 'base64');
  const format = nodeArchiveFormat(bytes);
  if (format === 'unknown') return failureTexts.unknown;
  try {
    await mkdir(folder, { mode: 0o700 });
    await unpackArchive(bytes, folder);
    return undefined;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    return error instanceof ArchiveError && error.reason === 'refused' ? error.message : failureTexts[format];
  }
}
