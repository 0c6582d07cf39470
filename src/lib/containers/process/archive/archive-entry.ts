/** One entry of an archive, before anything is written. */
export interface ArchiveEntry {
  /** As it stands in the archive. */
  readonly name: string;
  readonly type: 'file' | 'folder' | 'link' | 'hard link' | 'special file';
  /** Unix permission bits; undefined where the archive has none. */
  readonly mode: number | undefined;
  /** Where a link points to. */
  readonly target?: string;
  /** The bytes of a file; rejects with ArchiveError when they are damaged. */
  read(): Promise<Buffer>;
}
