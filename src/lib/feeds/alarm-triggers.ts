import type { JsonObject } from '../entity/json.js';
import type { AlarmKey } from './alarm-book.js';

/** What the feed actions ask about triggers. */
export interface TriggerRights {
  /** The namespace that a key `uuid:key` opens; undefined when it opens none. */
  namespaceOf(authKey: string): Promise<string | undefined>;
  exists(key: AlarmKey): Promise<boolean>;
}

/** The triggers of this platform, as alarms fire them: never those of another host (RS-211). Nothing rejects. */
export interface AlarmTriggers {
  /**
   * Fires with the rights and rates of the trigger's namespace, and gives the status that `POST` on the trigger would answer. The key is
   * not kept: an alarm outlives a change of it.
   */
  fire(key: AlarmKey, payload: JsonObject): Promise<number>;
  /** Deletes the trigger, and with it the rules of its namespace that it has. */
  remove(key: AlarmKey, withRules: boolean): Promise<void>;
}
