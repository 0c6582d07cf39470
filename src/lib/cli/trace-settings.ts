import type { Connection } from '../config/connection.js';
import type { Session } from './session.js';

/** Shows with `-d` which settings are used and where they come from (C-17). */
export function traceSettings(connection: Connection, session: Session): void {
  const { terminal, redactor, traces } = session;
  if (traces.of('config') === 'off') return;
  const { apihost, auth, namespace, apiversion, insecure, cacert, cert, key, timeout, retries } = connection;
  const settings = { apihost, auth, namespace, apiversion, insecure, cacert, cert, key, timeout, retries };
  for (const [name, setting] of Object.entries(settings)) {
    if (setting === undefined) continue;
    const text = `config: ${name} = ${redactor.redactKnown(String(setting.value))} (${setting.source})`;
    terminal.diagnostic(terminal.palette.dim(text));
  }
}
