/** An alarm as the store keeps it; what the document says is the affair of the feed. */
export interface StoredAlarm {
  readonly namespace: string;
  /** Simple name of the trigger that it fires; a trigger has one alarm at most. */
  readonly trigger: string;
  /** JSON text. */
  readonly document: string;
}

/** The alarms of all namespaces; they survive the platform (openwhisk-api.md §15.2). */
export interface AlarmStore {
  all(): Promise<StoredAlarm[]>;
  /** Adds an alarm or replaces that of the same trigger. */
  put(alarm: StoredAlarm): Promise<void>;
  delete(alarm: Pick<StoredAlarm, 'namespace' | 'trigger'>): Promise<void>;
}
