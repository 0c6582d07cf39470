import type { Connection } from '../config/connection.js';
import type { LocalTarget } from '../config/resolve-connection.js';
import { type LocalAddress, SocketTransport } from '../client/socket-transport.js';
import type { Transport } from '../client/transport.js';
import { basicAuthorization } from '../client/whisk-client.js';
import { ConfigError } from '../errors/client-errors.js';
import { isOn } from './confirm.js';
import type { LocalState } from './local-platform.js';
import type { Session } from './session.js';

function addressOf(state: LocalState): LocalAddress {
  return { socket: state.socket, authorization: basicAuthorization(state.auth) };
}

function mayStart(session: Session): boolean {
  return session.line.values.get('no-autostart') !== true && !isOn(session.environment.env.RT_NO_AUTOSTART);
}

/** The URL that a platform started now will have, as far as it is known before. */
function expectedUrl(env: Readonly<Record<string, string | undefined>>): string {
  const port = env.RT_PLATFORM_PORT ?? '3233';
  const host = env.RT_PLATFORM_HOST ?? '127.0.0.1';
  return port === '0' ? '' : ` on http://${host}:${port}`;
}

async function start(session: Session, autostart: boolean): Promise<LocalState> {
  if (!autostart || !mayStart(session)) {
    throw new ConfigError('no platform is configured and the local one does not run', { hint: 'rt platform start' });
  }
  const url = expectedUrl(session.environment.env);
  session.terminal.note(`no platform is configured, using the local one (starting it${url})`);
  const { state, notes } = await session.progress.during('starting the local platform', session.local.ensure());
  for (const note of notes) session.terminal.note(note);
  return state;
}

/**
 * Connects to the local platform (C-18). Usually that is one file read and one socket: only when nobody listens there the platform is
 * started, with a note.
 */
export async function connectLocal(
  target: LocalTarget,
  session: Session,
  autostart: boolean,
): Promise<{ connection: Connection; transport: Transport }> {
  const state = (await session.local.read()) ?? (await start(session, autostart));
  const transport = new SocketTransport({
    address: addressOf(state),
    restart: async () => addressOf(await start(session, autostart)),
  });
  const source = 'the local platform';
  const connection: Connection = {
    ...target,
    apihost: { value: state.url, source },
    auth: { value: state.auth, source },
  };
  return { connection, transport };
}
