import { PlatformError } from '../errors/client-errors.js';
import { Rejection } from '../errors/rejection.js';

/** A file of the store cannot be used. It is left exactly as it was found (RS-123). Exit 5. */
export class StoreDamaged extends PlatformError {
  constructor(
    readonly path: string,
    reason: string,
    cause?: unknown,
  ) {
    super(`the local store ${path} is damaged: ${reason}`, {
      hint: 'rt platform reset moves it aside; a copy may be readable with sqlite3',
      cause,
    });
  }
}

/** A file of the store has a newer schema than this program knows; it is left as it is (RS-271). Exit 5. */
export class StoreTooNew extends PlatformError {
  constructor(
    readonly path: string,
    readonly found: number,
    readonly known: number,
  ) {
    super(
      `the local store was written by a newer rt (schema ${String(found)}, this one knows ${String(known)}): ${path}`,
      { hint: 'use the newer rt, or rt platform reset to move the store aside' },
    );
  }
}

/** Another process holds the data folder (RS-142). Exit 5. */
export class StoreLocked extends PlatformError {
  constructor(readonly path: string) {
    super(`another local platform uses the store ${path}`, { hint: 'stop it, or choose another --data-dir' });
  }
}

/** No room for a write: nothing of it is stored, and later writes succeed as soon as there is room (RS-125). */
export class StoreFull extends Rejection {
  constructor(
    readonly folder: string,
    cause?: unknown,
  ) {
    super(507, `The disk is full: nothing can be stored in ${folder}.`, { cause });
    this.name = 'StoreFull';
  }
}
