import type { AlarmStore } from '../database/alarm-store.js';
import { stringifyJson } from '../entity/json.js';
import type { Log } from '../entity/log.js';
import { firstDue } from './alarm-schedule.js';
import { type Alarm, parseAlarmDocument } from './alarm.js';

/** Which alarm: that of a trigger. */
export type AlarmKey = Pick<Alarm, 'namespace' | 'trigger'>;

/** All alarms of the platform: in memory to be asked, in the store to survive. */
export class AlarmBook {
  private readonly alarms = new Map<string, Alarm>();
  private watcher: () => void = () => undefined;

  constructor(private readonly deps: { readonly store: AlarmStore; readonly log: Log }) {}

  /** Reads what earlier platforms left; an alarm that cannot be read is left alone (RS-110). */
  async load(): Promise<void> {
    for (const { namespace, trigger, document } of await this.deps.store.all()) {
      const read = this.read(document);
      if (read === undefined) this.deps.log.error('feeds', `the alarm of ${namespace}/${trigger} cannot be read`);
      else this.alarms.set(pathOf({ namespace, trigger }), { namespace, trigger, ...read });
    }
  }

  /** Calls back after every change. */
  watch(watcher: () => void): void {
    this.watcher = watcher;
  }

  find(key: AlarmKey): Alarm | undefined {
    return this.alarms.get(pathOf(key));
  }

  /** The alarms that will fire. */
  active(): Alarm[] {
    return [...this.alarms.values()].filter(({ state }) => state.due !== null);
  }

  /** Adds an alarm, or replaces that of the same trigger. Rejects when it cannot be stored; then nothing has changed. */
  async put(alarm: Alarm): Promise<void> {
    const { namespace, trigger, definition, state } = alarm;
    await this.deps.store.put({ namespace, trigger, document: stringifyJson({ definition, state }) });
    this.alarms.set(pathOf(alarm), alarm);
    this.watcher();
  }

  /**
   * Takes over what became of an alarm, unless it was changed or removed meanwhile. Never rejects: an alarm goes on also when the disk is
   * full, and after the next start it goes on from what was stored last.
   */
  async advance(before: Alarm, after: Alarm): Promise<boolean> {
    if (this.find(before) !== before) return false;
    this.alarms.set(pathOf(after), after);
    const { namespace, trigger, definition, state } = after;
    try {
      await this.deps.store.put({ namespace, trigger, document: stringifyJson({ definition, state }) });
    } catch (error) {
      this.deps.log.error('feeds', `the alarm of ${namespace}/${trigger} could not be written`, error);
    }
    return true;
  }

  async remove(key: AlarmKey): Promise<void> {
    await this.deps.store.delete(key);
    this.alarms.delete(pathOf(key));
    this.watcher();
  }

  private read(document: string): ReturnType<typeof parseAlarmDocument> {
    try {
      const read = parseAlarmDocument(document);
      // Also a schedule that cannot be reckoned with is found out here and not when it is due.
      if (read !== undefined) firstDue(read.definition, read.state.dateChanged);
      return read;
    } catch {
      return undefined;
    }
  }
}

function pathOf({ namespace, trigger }: AlarmKey): string {
  return `${namespace}/${trigger}`;
}
