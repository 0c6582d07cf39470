import type { ActivationEntry, OpenActivation } from './activation-store.js';
import type { ActivationWrite } from './journal-frames.js';

/** What was written and is not in the tables yet, by id. An activation that was accepted and has ended is only its record. */
export class PendingActivations {
  private readonly ended = new Map<string, ActivationEntry>();
  private readonly accepted = new Map<string, OpenActivation>();
  private length = 0;

  /** Records. */
  get amount(): number {
    return this.ended.size;
  }

  /** Characters of the records. */
  get size(): number {
    return this.length;
  }

  /** What was accepted and has not ended. */
  get open(): OpenActivation[] {
    return [...this.accepted.values()];
  }

  get isEmpty(): boolean {
    return this.ended.size === 0 && this.accepted.size === 0;
  }

  add(write: ActivationWrite): void {
    if ('put' in write) {
      const entry = write.put;
      const before = this.ended.get(entry.activationId);
      this.accepted.delete(entry.activationId);
      this.ended.set(entry.activationId, entry);
      this.length += lengthOf(entry) - (before === undefined ? 0 : lengthOf(before));
    } else if (!this.ended.has(write.accept.activationId)) {
      this.accepted.set(write.accept.activationId, write.accept);
    }
  }

  /** The record of an id in its own namespace. */
  find(namespace: string, activationId: string): ActivationEntry | undefined {
    const entry = this.ended.get(activationId);
    return entry?.namespace === namespace ? entry : undefined;
  }

  /** The oldest records: at most so many, and no more once they have so many characters. */
  oldest(amount: number, length: number): ActivationEntry[] {
    const group: ActivationEntry[] = [];
    let taken = 0;
    for (const entry of this.ended.values()) {
      if (group.length === amount || taken >= length) break;
      group.push(entry);
      taken += lengthOf(entry);
    }
    return group;
  }

  /** Takes out records of {@link oldest}. */
  remove(group: readonly ActivationEntry[]): void {
    for (const entry of group) {
      this.ended.delete(entry.activationId);
      this.length -= lengthOf(entry);
    }
  }

  /** Takes out an activation that is kept elsewhere. */
  removeOpen(activationId: string): void {
    this.accepted.delete(activationId);
  }
}

function lengthOf({ record, summary }: ActivationEntry): number {
  return record.length + summary.length;
}
