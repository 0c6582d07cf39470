import { variablesOf } from '../config/environment-rows.js';
import { resolveSettings } from '../config/settings.js';
import { UsageError } from '../errors/client-errors.js';
import type { Session } from './session.js';
import { settingSources } from './setting-sources.js';

/** The API host that a file of the project sets, and the file. A UsageError when none does. */
export async function projectHost(session: Session): Promise<{ readonly file: string; readonly apihost: string }> {
  // What goes before the project is left out: the question is what the project itself says.
  const stronger = new Set([...variablesOf('apihost'), 'RT_CONTEXT']);
  const env = Object.fromEntries(Object.entries(session.environment.env).filter(([name]) => !stronger.has(name)));
  const sources = { ...settingSources(session, new Set()), flags: {}, env, context: undefined };
  const { values } = await resolveSettings(sources);
  const apihost = values.get('apihost');
  if (apihost?.file === undefined) {
    throw new UsageError('no file of this project sets the API host', {
      hint: 'rt property get --apihost --show-source tells where it comes from',
    });
  }
  return { file: apihost.file, apihost: apihost.value };
}
