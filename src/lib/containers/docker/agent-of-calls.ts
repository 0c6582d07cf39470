import { Agent } from 'node:http';
import { inspect } from 'node:util';

/** A connection for each call: a kept one would be dead after a restart of the engine, and the next call would fail. */
export class AgentOfCalls extends Agent {
  /**
   * The client library writes out its options with every call, for a log that nobody reads: with all that hangs on the open connections of all
   * containers that took 5 ms a call with one container and 80 with fifteen (P-32, P-34).
   */
  [inspect.custom](): string {
    return 'AgentOfCalls';
  }
}
