import type { ActivationEntry, OpenActivation } from './activation-store.js';
import type { ActivationWrite } from './journal-frames.js';

/** What was written and is not in the tables yet, by id. An activation that was accepted and has ended is only its record. */
export class PendingActivations {
  private readonly entries = new Map<string, ActivationEntry>();
  private readonly accepted = new Map<string, OpenActivation>();
  private length = 0;

  /** Rows that the tables have to take. */
  get amount(): number {
    return this.entries.size + this.accepted.size;
  }

  /** Characters of the records, those that were replaced included. */
  get size(): number {
    return this.length;
  }

  /** Records in the order of their arrival. */
  get records(): Iterable<ActivationEntry> {
    return this.entries.values();
  }

  get open(): Iterable<OpenActivation> {
    return this.accepted.values();
  }

  add(write: ActivationWrite): void {
    if ('put' in write) {
      const entry = write.put;
      this.accepted.delete(entry.activationId);
      this.entries.set(entry.activationId, entry);
      this.length += entry.record.length + entry.summary.length;
    } else if (!this.entries.has(write.accept.activationId)) {
      this.accepted.set(write.accept.activationId, write.accept);
    }
  }

  /** The record of an id in its own namespace. */
  find(namespace: string, activationId: string): ActivationEntry | undefined {
    const entry = this.entries.get(activationId);
    return entry?.namespace === namespace ? entry : undefined;
  }

  clear(): void {
    this.entries.clear();
    this.accepted.clear();
    this.length = 0;
  }
}
