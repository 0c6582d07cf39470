import { existsSync } from 'node:fs';
import { ControlClient, ControlFailure } from '../control-client.js';
import type { PlatformPaths } from '../platform-paths.js';
import { isAlive } from '../process-identity.js';
import { type PlatformState, readPlatformState } from '../state-file.js';

/** What there is of a platform. */
export type Inspection =
  | { readonly kind: 'running'; readonly state: PlatformState }
  /** `left` is what the state file says of a platform that did not stop in order. */
  | { readonly kind: 'stopped'; readonly left?: PlatformState }
  /** A process is there and does not answer (RS-130). */
  | {
      readonly kind: 'silent';
      readonly state?: PlatformState;
      /** Whether nobody listens on the socket: then the process starts or stops. */
      readonly absent: boolean;
      readonly reason: string;
    };

/** Milliseconds that a healthy platform never needs to answer. */
export const patience = 5_000;

/**
 * Looks for the platform of an RT_HOME. The socket decides: only the platform can listen there, because the folder is private (RS-245), and
 * whatever a state file says is old news (RS-144).
 */
export async function inspectPlatform(paths: PlatformPaths): Promise<Inspection> {
  try {
    // Usually there is none, and an attempt to connect costs a first start some milliseconds (P-10).
    if (!existsSync(paths.socket)) throw new ControlFailure('absent', `${paths.socket} does not exist`);
    const state = await new ControlClient({ socket: paths.socket, timeout: patience }).state();
    return { kind: 'running', state };
  } catch (error) {
    if (!(error instanceof ControlFailure)) throw error;
    const state = readPlatformState(paths);
    const silent = error.reason === 'silent' || (state !== undefined && isAlive(state));
    if (silent) {
      const absent = error.reason === 'absent';
      return { kind: 'silent', absent, reason: error.message, ...(state === undefined ? {} : { state }) };
    }
    return { kind: 'stopped', ...(state === undefined ? {} : { left: state }) };
  }
}
