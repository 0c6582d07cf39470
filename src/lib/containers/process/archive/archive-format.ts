/** What the first bytes of a file say about it. */
export type ArchiveFormat = 'zip' | 'tar.gz' | 'unknown';

/** Recognises archives as the action-loop proxy does: also empty and split zips, any gzip (action-interface.md §4.2). */
export function archiveFormat(bytes: Buffer): ArchiveFormat {
  const magic = bytes.toString('latin1', 0, 4);
  if (['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'].includes(magic)) return 'zip';
  return magic.startsWith('\x1f\x8b') ? 'tar.gz' : 'unknown';
}

/** Recognises archives as the nodejs runner does: by exactly four bytes (action-interface.md §3.1). */
export function nodeArchiveFormat(bytes: Buffer): ArchiveFormat {
  const magic = bytes.toString('latin1', 0, 4);
  if (magic === 'PK\x03\x04') return 'zip';
  return magic === '\x1f\x8b\x08\x00' || magic === '\x1f\x8b\x08\x08' ? 'tar.gz' : 'unknown';
}
