import type { ActivationEntry } from './activation-store.js';
import type { ActivationWrite } from './journal-frames.js';

/** What was written and is not in the tables yet, by id. An activation that was accepted and has ended is only its record. */
export class PendingActivations {
  private readonly writes = new Map<string, ActivationWrite>();
  private length = 0;

  /** Rows that the tables have to take. */
  get amount(): number {
    return this.writes.size;
  }

  /** Characters of their texts. */
  get size(): number {
    return this.length;
  }

  add(write: ActivationWrite): void {
    const id = idOf(write);
    const before = this.writes.get(id);
    if (before !== undefined) {
      // What has ended is never opened again.
      if ('put' in before && 'accept' in write) return;
      this.length -= lengthOf(before);
    }
    this.writes.set(id, write);
    this.length += lengthOf(write);
  }

  /** The record of an id in its own namespace. */
  find(namespace: string, activationId: string): ActivationEntry | undefined {
    const write = this.writes.get(activationId);
    return write !== undefined && 'put' in write && write.put.namespace === namespace ? write.put : undefined;
  }

  /** The oldest: at most so many, and no more once they have so many characters. */
  oldest(amount: number, length: number): ActivationWrite[] {
    const group: ActivationWrite[] = [];
    let taken = 0;
    for (const write of this.writes.values()) {
      if (group.length === amount || taken >= length) break;
      group.push(write);
      taken += lengthOf(write);
    }
    return group;
  }

  remove(group: readonly ActivationWrite[]): void {
    for (const write of group) {
      this.writes.delete(idOf(write));
      this.length -= lengthOf(write);
    }
  }
}

function idOf(write: ActivationWrite): string {
  return 'put' in write ? write.put.activationId : write.accept.activationId;
}

function lengthOf(write: ActivationWrite): number {
  return 'put' in write ? write.put.record.length + write.put.summary.length : write.accept.template.length;
}
