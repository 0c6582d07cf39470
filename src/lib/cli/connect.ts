import { isLoopback } from '../config/apihost.js';
import type { Connection } from '../config/connection.js';
import { proxyFor } from '../config/proxy.js';
import { targetOf } from '../config/resolve-connection.js';
import { resolveSettings, type SettingSources } from '../config/settings.js';
import type { Transport } from '../client/transport.js';
import { WhiskClient } from '../client/whisk-client.js';
import { UsageError } from '../errors/client-errors.js';
import { connectLocal } from './connect-local.js';
import { ProgressTransport } from './progress-transport.js';
import { readStdin } from './read-stdin.js';
import type { Session } from './session.js';
import { settingSources } from './setting-sources.js';
import { traceSettings } from './trace-settings.js';
import { TracedTransport } from './traced-transport.js';

/** `--auth -` reads the key from stdin (§3). */
async function withKeyFromStdin(sources: SettingSources, session: Session): Promise<SettingSources> {
  if (sources.flags.auth !== '-') return sources;
  const key = (await readStdin(session.environment.stdin)).trim();
  if (key === '') throw new UsageError('--auth - expects the key on standard input');
  return { ...sources, flags: { ...sources.flags, auth: key } };
}

function warnAbout(connection: Connection, session: Session): void {
  const { hostname, protocol } = new URL(connection.apihost.value);
  if (isLoopback(hostname)) return;
  if (connection.insecure.value) {
    session.terminal.warn(`TLS certificates are not verified (${connection.insecure.source})`);
  }
  if (protocol === 'http:') {
    session.terminal.warn(`the key is sent unencrypted to ${connection.apihost.value}`);
  }
}

async function remoteTransport(connection: Connection, session: Session): Promise<Transport> {
  warnAbout(connection, session);
  const { env, platform } = session.environment;
  const proxy = proxyFor(connection.apihost.value, env);
  if (proxy !== undefined) session.redactor.hide(new URL(proxy.url).password);
  const { GotTransport } = await import('../client/got-transport.js');
  return new GotTransport({
    connection,
    platform,
    proxy,
    extraCertificates: env.NODE_EXTRA_CA_CERTS,
    onWarning: (text) => {
      session.terminal.warn(text);
    },
  });
}

/** Traces and progress around the transport, as far as they are wanted. */
function observed(transport: Transport, connection: Connection, session: Session): Transport {
  const { terminal, redactor, traces, progress } = session;
  const host = connection.apihost.value;
  const level = traces.of('http');
  if (level !== 'off') return new TracedTransport({ transport, terminal, redactor, level, host });
  return new ProgressTransport({ transport, progress, text: `waiting for ${host}` });
}

/**
 * The client for what flags, environment and files configure (C-15); without any configuration that is the local platform, which is
 * started when it does not run (C-18). This is the composition root of the client side.
 */
export async function connect(
  session: Session,
  options: {
    /** Names of flags that the command defines itself. */
    readonly ownFlags: ReadonlySet<string>;
    readonly autostart: boolean;
  },
): Promise<WhiskClient> {
  const sources = await withKeyFromStdin(settingSources(session, options.ownFlags), session);
  const settings = await resolveSettings(sources);
  if (session.traces.level !== 'off') for (const note of settings.notes) session.terminal.diagnostic(`note: ${note}`);
  const target = targetOf(settings, sources);
  const { connection, transport } = target.local
    ? await connectLocal(target, session, options.autostart)
    : { connection: target, transport: await remoteTransport(target, session) };
  return clientOf(connection, transport, session);
}

/** The client for a connection that is not configured yet: for trying a host and a key before they are stored. */
export async function connectTo(connection: Connection, session: Session): Promise<WhiskClient> {
  return clientOf(connection, await remoteTransport(connection, session), session);
}

function clientOf(connection: Connection, transport: Transport, session: Session): WhiskClient {
  session.redactor.hide(connection.auth.value);
  traceSettings(connection, session);
  const { env } = session.environment;
  const userAgent = session.line.values.get('useragent') ?? env.__OW_USER_AGENT;
  return new WhiskClient({
    transport: observed(transport, connection, session),
    connection,
    userAgent: typeof userAgent === 'string' ? userAgent : `rt/${session.program.version}`,
    requestId: env.__OW_TRANSACTION_ID,
    signal: session.signal,
  });
}
