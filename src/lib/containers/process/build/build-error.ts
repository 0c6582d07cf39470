/** A compiler refused the source; the message is its output. */
export class BuildError extends Error {
  constructor(output: string) {
    super(output);
    this.name = 'BuildError';
  }
}
