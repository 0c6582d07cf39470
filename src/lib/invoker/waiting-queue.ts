import type { PoolJob } from './pool-job.js';

/** Jobs that wait for room in the pool, in order of arrival, with the bytes they hold (RS-165). */
export class WaitingQueue {
  private jobs: PoolJob[] = [];
  /** Jobs before this index have been taken. */
  private head = 0;
  private held = 0;

  /** Jobs that wait. */
  get length(): number {
    return this.jobs.length - this.head;
  }

  /** Bytes of arguments that they hold. */
  get bytes(): number {
    return this.held;
  }

  /** The job whose turn it is. */
  get first(): PoolJob | undefined {
    return this.jobs[this.head];
  }

  /** Up to `count` jobs that come after the first one. */
  behindFirst(count: number): PoolJob[] {
    return this.jobs.slice(this.head + 1, this.head + 1 + count);
  }

  /** Adds a job that has just come. */
  append(job: PoolJob): void {
    this.jobs.push(job);
    this.held += job.bytes;
  }

  /** Puts a job before all others: its turn had come already. */
  prepend(job: PoolJob): void {
    this.held += job.bytes;
    if (this.head === 0) {
      this.jobs.unshift(job);
      return;
    }
    this.head -= 1;
    this.jobs[this.head] = job;
  }

  /** Removes the first job. Taken places are given back in blocks, so that a long queue is not copied for each job. */
  shift(): void {
    this.held -= this.first?.bytes ?? 0;
    this.head += 1;
    if (this.head === this.jobs.length || this.head >= 1024) {
      this.jobs = this.jobs.slice(this.head);
      this.head = 0;
    }
  }

  /** Removes all jobs and hands them out. */
  takeAll(): PoolJob[] {
    const all = this.jobs.slice(this.head);
    this.jobs = [];
    this.head = 0;
    this.held = 0;
    return all;
  }
}
