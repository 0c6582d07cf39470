import { randomBytes } from 'node:crypto';

/** Randomness as an argument. */
export interface Random {
  /** `bytes` unpredictable bytes as lower-case hexadecimal digits, twice as many characters. */
  hex(bytes: number): string;
}

const poolSize = 4096;

/** Cryptographic randomness, fetched in blocks: an id costs a slice and not a system call. */
export class PooledRandom implements Random {
  private pool = Buffer.alloc(0);
  private used = 0;

  hex(bytes: number): string {
    if (bytes > poolSize) return randomBytes(bytes).toString('hex');
    if (this.used + bytes > this.pool.length) {
      this.pool = randomBytes(poolSize);
      this.used = 0;
    }
    this.used += bytes;
    return this.pool.toString('hex', this.used - bytes, this.used);
  }
}
