import { Config } from '@oclif/core/config';
import type { Session } from './session.js';

/** The oclif configuration of one run. Nothing is loaded from disk: there are no plugins and no hooks, the session is passed in. */
export class RtConfig extends Config {
  constructor(readonly session: Session) {
    super({ root: session.program.root });
    this.bin = 'rt';
    this.name = 'openwhisk-rt';
    this.version = session.program.version;
    this.root = session.program.root;
    this.topicSeparator = ' ';
  }

  /** Without plugins no hook exists; oclif's own version would look for a root plugin. */
  override runHook(): Promise<{ successes: []; failures: [] }> {
    return Promise.resolve({ successes: [], failures: [] });
  }
}
