/** The words of the pages of prose, in the order of `rt help`; apart from the pages, so that reading a line does not load them. */
export const helpPageNames = [
  'config',
  'connection',
  'environment',
  'exit-codes',
  'kinds',
  'migrating-from-aio',
  'migrating-from-ops',
  'migrating-from-wsk',
  'names',
  'output',
  'params',
] as const;

export type HelpPageName = (typeof helpPageNames)[number];

const otherWords: Readonly<Record<string, HelpPageName>> = { parameters: 'params', configuration: 'config' };

/** The page that a word behind `rt help` means; undefined when it means none. Pages go before topics of the same name. */
export function helpPageName(word: string): HelpPageName | undefined {
  return (
    helpPageNames.find((name) => name === word) ?? (Object.hasOwn(otherWords, word) ? otherWords[word] : undefined)
  );
}
