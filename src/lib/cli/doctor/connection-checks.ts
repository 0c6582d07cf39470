import { InfoClient } from '../../client/info-client.js';
import type { ApiResponse } from '../../client/transport.js';
import type { WhiskClient } from '../../client/whisk-client.js';
import type { Connection } from '../../config/connection.js';
import type { Clock } from '../../entity/clock.js';
import { RtError } from '../../errors/rt-error.js';
import { maskKey } from '../redaction.js';
import { type Finding, finding } from './finding.js';

/** Milliseconds for each request. */
const patience = 10_000;

/** Milliseconds by which two clocks may differ before signatures and schedules suffer. */
const toleratedSkew = 30_000;

/** What the checks of the connection need. */
export interface ConnectionCheckDeps {
  /** Rejects where nothing, or nothing usable, is configured. */
  readonly connect: () => Promise<WhiskClient>;
  readonly clock: Clock;
  /** True when the local platform is the target and does not run: then nothing is asked. */
  readonly idle: boolean;
}

/** Which connection is configured, by what; whether the host answers, takes the key, and has our time (C-17). */
export async function connectionChecks(deps: ConnectionCheckDeps): Promise<readonly Finding[]> {
  if (deps.idle) return [finding('apihost', 'ok', 'not configured: the local platform is used')];
  let client: WhiskClient;
  try {
    client = await deps.connect();
  } catch (error) {
    return [failure('config', error)];
  }
  return [...configured(client.connection), ...(await asked(client, deps.clock))];
}

function configured(connection: Connection): readonly Finding[] {
  const { apihost, auth, namespace, insecure } = connection;
  return [
    finding('apihost', 'ok', `${apihost.value}  (${apihost.source})`),
    finding('auth', 'ok', `${maskKey(auth.value)}  (${auth.source})`),
    ...(namespace.source === 'default'
      ? []
      : [finding('namespace', 'ok', `${namespace.value}  (${namespace.source})`)]),
    ...(insecure.value
      ? [
          finding(
            'tls',
            'warn',
            `certificates are not verified  (${insecure.source})`,
            'trust a certificate with --cacert',
          ),
        ]
      : []),
  ];
}

async function asked(client: WhiskClient, clock: Clock): Promise<readonly Finding[]> {
  const begin = clock.monotonic();
  let response: ApiResponse;
  try {
    response = await client.send({ method: 'GET', path: '', timeout: patience });
  } catch (error) {
    return [failure('host', error)];
  }
  const duration = `${String(Math.round(clock.monotonic() - begin))} ms`;
  const host =
    response.status < 400
      ? finding('host', 'ok', `answers in ${duration}`)
      : finding('host', 'warn', `answers with status ${String(response.status)}`, 'is it an OpenWhisk API host?');
  return [host, ...clockCheck(response, clock), await keyCheck(client)];
}

/** The `date` header has whole seconds. Hosts without one are not judged. */
function clockCheck(response: ApiResponse, clock: Clock): readonly Finding[] {
  const theirs = Date.parse(response.headers.date ?? '');
  if (Number.isNaN(theirs)) return [];
  const skew = Math.abs(clock.now() - theirs);
  if (skew < toleratedSkew) return [finding('clock', 'ok', 'agrees with that of the host')];
  const seconds = String(Math.round(skew / 1000));
  return [finding('clock', 'warn', `differs from that of the host by ${seconds} s`, 'set the clock of this machine')];
}

async function keyCheck(client: WhiskClient): Promise<Finding> {
  try {
    return finding('key', 'ok', `opens the namespace ${await new InfoClient(client).namespace()}`);
  } catch (error) {
    return failure('key', error);
  }
}

function failure(check: string, error: unknown): Finding {
  if (!(error instanceof RtError)) throw error;
  return finding(check, 'fail', error.message, error.hint);
}
