import type { JsonValue } from './json.js';

/** One parameter or annotation as it stands on the wire (openwhisk-api.md §6.3). */
export interface KeyValue {
  readonly key: string;
  readonly value: JsonValue;
}

/** A parameter; `init: true` means that it is delivered as an environment variable at `/init` (§8.6). */
export interface Parameter extends KeyValue {
  readonly init?: true;
}
