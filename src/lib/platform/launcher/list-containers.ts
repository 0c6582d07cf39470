import { exitStatus } from '../../errors/exit-status.js';
import { PlatformError } from '../../errors/client-errors.js';
import { RtError } from '../../errors/rt-error.js';
import { ControlClient, ControlFailure } from '../control-client.js';
import type { RuntimeRow } from '../control-client-documents.js';
import type { PlatformPaths } from '../platform-paths.js';
import { patience } from './inspect-platform.js';

/** The live runtimes of the running platform. Rejects with an RtError when none runs (exit 1) or it does not answer (exit 5). */
export async function listContainers(paths: PlatformPaths): Promise<readonly RuntimeRow[]> {
  try {
    return await new ControlClient({ socket: paths.socket, timeout: patience }).containers();
  } catch (error) {
    if (!(error instanceof ControlFailure)) throw error;
    if (error.reason === 'silent') {
      throw new PlatformError('the local platform does not answer', {
        hint: 'rt platform stop --force ends it',
        cause: error,
      });
    }
    throw new RtError('platform', 'the local platform is not running', {
      exitStatus: exitStatus.failed,
      hint: 'rt platform start',
    });
  }
}
