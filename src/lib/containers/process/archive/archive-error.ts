/**
 * Why an archive was not unpacked: `broken` when it cannot be read, `refused` when it could be but breaks a rule of RS-221 to RS-223.
 * The message is meant for the user.
 */
export class ArchiveError extends Error {
  constructor(
    readonly reason: 'broken' | 'refused',
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.name = 'ArchiveError';
  }
}

/** The refusal of an entry that leaves the folder, in whatever way (RS-221). */
export function outsideError(name: string): ArchiveError {
  return new ArchiveError('refused', `archive entry "${name}" would be written outside the folder`);
}
