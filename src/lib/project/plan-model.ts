import type { ApiRoute } from '../client/api-routes.js';
import type { JsonValue } from '../entity/json.js';
import type { Hashes } from './deploy-record.js';
import type { DesiredState } from './desired-state.js';
import type { LiveEntity } from './live-state.js';
import type { PlannedEntity, ProjectThing } from './planned-entity.js';

/** One difference between what is there and what is desired; an absent side means that the field is not there. Secrets are hidden. */
export interface FieldChange {
  /** `parameters.maxItems`, `annotations.web-export`, `limits.timeout`, `code` … */
  readonly path: string;
  readonly from?: JsonValue;
  readonly to?: JsonValue;
}

/** An entity that goes. */
export interface Removal {
  readonly thing: ProjectThing;
  readonly name: string;
  /** Absent for routes. */
  readonly live?: LiveEntity;
  /** Of a route: where it is. */
  readonly route?: ApiRoute;
}

/** What becomes of one desired entity. */
export interface PlannedWrite {
  readonly op: 'create' | 'update' | 'unchanged';
  readonly entity: PlannedEntity;
  /** What is there; absent for a creation, and for routes. */
  readonly live?: LiveEntity;
  readonly hashes: Hashes;
  /** The version that is sent and recorded. */
  readonly version: string;
  /** Whether the code is sent, or the feed told. */
  readonly sendPart: boolean;
  /** What is there has to be deleted before: a package never becomes a binding, nor the reverse (openwhisk-api.md §16.3). */
  readonly replace: boolean;
  /** Why, where the fields do not say it: `adopts`, `changed outside rt …`. */
  readonly reasons: readonly string[];
  /** What differs, as far as it was read. */
  readonly fields: readonly FieldChange[];
}

/** An entity that somebody has written since the last deploy (D-21). */
export interface Drift {
  readonly thing: ProjectThing;
  readonly name: string;
  readonly version: string;
  readonly expected: string;
}

/** Everything that a deploy would do, in no order yet. */
export interface Plan {
  readonly project?: NonNullable<DesiredState['project']>;
  readonly managed: boolean;
  readonly record: boolean;
  /** The namespace in the host's own words. */
  readonly namespace: string;
  readonly writes: readonly PlannedWrite[];
  readonly removals: readonly Removal[];
  readonly drift: readonly Drift[];
  readonly warnings: readonly string[];
}
