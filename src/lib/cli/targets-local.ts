import { targetOf } from '../config/resolve-connection.js';
import { resolveSettings } from '../config/settings.js';
import { RtError } from '../errors/rt-error.js';
import type { Session } from './session.js';
import { settingSources } from './setting-sources.js';

/** Whether requests of this run go to the local platform. A configuration that cannot be used leads nowhere, so not there. */
export async function targetsLocal(session: Session): Promise<boolean> {
  try {
    const sources = settingSources(session, new Set());
    return targetOf(await resolveSettings(sources), sources).local;
  } catch (error) {
    if (error instanceof RtError) return false;
    throw error;
  }
}
