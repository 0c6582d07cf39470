import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isJsonObject, parseJson } from '../entity/json.js';
import { UsageError } from '../errors/client-errors.js';
import { extensionOfKind } from './kind-by-name.js';

/** Code of a deployed action. */
export interface DeployedCode {
  readonly kind: string;
  /** Source text or base64. */
  readonly code: string;
  readonly binary: boolean;
}

/** The code in an action's JSON text. Throws UsageError for a sequence, and for an image without code (§11.1, `--save`). */
export function deployedCode(action: string): DeployedCode {
  const document = parseJson(action);
  const exec = isJsonObject(document) ? document['exec'] : undefined;
  if (!isJsonObject(exec)) throw new UsageError('The host did not answer with the code of the action');
  const { kind, code, binary } = exec;
  if (kind === 'sequence') throw new UsageError('Cannot save action sequences');
  if (typeof code !== 'string') throw new UsageError('Cannot save Docker images');
  return { kind: typeof kind === 'string' ? kind : '', code, binary: binary === true };
}

/** Name of the file that `--save` writes: that of the action as it was typed, never one that the host chose (RS-229). */
export function savedName(actionName: string, { kind, binary }: DeployedCode): string {
  return actionName + extensionOfKind(kind, binary);
}

/** The bytes that the code stands for. */
export function codeBytes({ code, binary }: DeployedCode): Buffer {
  return Buffer.from(code, binary ? 'base64' : 'utf8');
}

/**
 * Writes code to a file and gives its absolute path. An existing file, a link too, is kept unless `force`, which replaces
 * the name and never writes through it (RS-229). Throws UsageError.
 */
export async function saveCode(
  file: string,
  bytes: Buffer,
  options: { readonly cwd: string; readonly force: boolean },
): Promise<string> {
  const path = resolve(options.cwd, file);
  if (!options.force) {
    await writeNew(path, bytes, file);
    return path;
  }
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    await writeNew(temporary, bytes, file);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return path;
}

async function writeNew(path: string, bytes: Buffer, shown: string): Promise<void> {
  const file = await open(path, 'wx').catch((cause: unknown) => {
    const exists = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    if (exists)
      throw new UsageError(`The file '${shown}' already exists`, { hint: 'use --force to replace it', cause });
    throw new UsageError(`The file '${shown}' cannot be written`, { cause });
  });
  try {
    await file.writeFile(bytes);
  } finally {
    await file.close();
  }
}
