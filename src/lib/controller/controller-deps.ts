import type { ActivationStore } from '../database/activation-store.js';
import type { AlarmStore } from '../database/alarm-store.js';
import type { ApiStore } from '../database/api-store.js';
import type { ArtifactStore } from '../database/artifact-store.js';
import type { SettingStore } from '../database/setting-store.js';
import type { SubjectStore } from '../database/subject-store.js';
import type { Clock } from '../entity/clock.js';
import type { KnownKinds } from '../entity/exec-parser.js';
import type { Log } from '../entity/log.js';
import type { NamespaceLimitsBook } from '../entity/namespace-limits.js';
import type { Random } from '../entity/random.js';
import type { ActivationInvoker } from '../invoker/invoker.js';

/** What the controller works with; all of it is made by the composition root. */
export interface ControllerDeps {
  readonly artifacts: ArtifactStore;
  readonly activations: ActivationStore;
  readonly subjects: SubjectStore;
  readonly alarms: AlarmStore;
  readonly apis: ApiStore;
  readonly settings: SettingStore;
  readonly invoker: ActivationInvoker;
  readonly manifest: KnownKinds & {
    /** The `runtimes` member of `GET /`. */
    toInfo(): object;
  };
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** What is enforced per namespace, and reported by the limits documents. */
  readonly limits: NamespaceLimitsBook;
  /** Host names besides the loopback ones that may reach the platform (RS-241), lower case, without port. */
  readonly allowedHosts: readonly string[];
  /** URL of the platform as its clients know it, once it listens; addresses of the gateway's routes start with it. */
  readonly url: () => string;
  /** False as soon as the platform begins to stop. */
  readonly ready: () => boolean;
  /** Whether activations are counted for `GET /metrics`; otherwise there is no such path and nothing is counted. */
  readonly metrics: boolean;
  /** What `GET /api/v1` says about the program. */
  readonly build: { readonly date: string; readonly number: string };
}
