/** What the user is told once per data folder, when the process driver is first used (reliability-and-security.md §1.5). */
export function isolationNote(platform: { readonly driver: string; readonly isolation: string }): string {
  const { driver, isolation } = platform;
  const reach =
    isolation === 'namespaces'
      ? 'They cannot see your home folder, but they can use your network.'
      : 'They can read and change your files and use your network.';
  return (
    `actions run as ordinary processes of your account (driver: ${driver}, isolation: ${isolation}). ${reach} ` +
    'Run only code you trust, or choose --driver docker.'
  );
}
