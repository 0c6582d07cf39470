import { resolve } from 'node:path';
import { type ContextText, parseContext } from '../config/context-text.js';
import { readFileIfAny } from '../config/private-file.js';
import { propertiesPath } from '../config/properties-row.js';
import { UsageError } from '../errors/client-errors.js';
import { readStdin } from './read-stdin.js';
import type { Session } from './session.js';

/** The context in a file; `-` is stdin, and without a name it is the properties file of the user. */
export async function readContextFile(file: string | undefined, session: Session): Promise<ContextText> {
  const { environment } = session;
  const { cwd, stdin } = environment;
  if (file === '-') return parseContext(await readStdin(stdin), resolve(cwd, 'standard input'));
  const path = file === undefined ? await propertiesPath(environment) : resolve(cwd, file);
  const text = path === undefined ? undefined : readFileIfAny(path);
  if (path === undefined || text === undefined) {
    throw new UsageError(`File '${file ?? path ?? ''}' is not a valid file or it does not exist`);
  }
  return parseContext(text, path);
}
