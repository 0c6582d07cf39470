import type { AlarmStore, StoredAlarm } from '../../src/lib/database/alarm-store.js';

/** Alarms in a Map. */
export class MemoryAlarmStore implements AlarmStore {
  readonly alarms = new Map<string, StoredAlarm>();

  all(): Promise<StoredAlarm[]> {
    return Promise.resolve([...this.alarms.values()]);
  }

  put(alarm: StoredAlarm): Promise<void> {
    this.alarms.set(`${alarm.namespace}/${alarm.trigger}`, alarm);
    return Promise.resolve();
  }

  delete({ namespace, trigger }: Pick<StoredAlarm, 'namespace' | 'trigger'>): Promise<void> {
    this.alarms.delete(`${namespace}/${trigger}`);
    return Promise.resolve();
  }
}
