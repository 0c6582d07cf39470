import { resolveTarget } from '../config/resolve-connection.js';
import { RtError } from '../errors/rt-error.js';
import type { Session } from './session.js';
import { settingSources } from './setting-sources.js';

/** Whether requests of this run go to the local platform. A configuration that cannot be used leads nowhere, so not there. */
export function targetsLocal(session: Session): boolean {
  try {
    return resolveTarget(settingSources(session, new Set())).local;
  } catch (error) {
    if (error instanceof RtError) return false;
    throw error;
  }
}
