import { custom } from '@oclif/core/flags';

/** A flag with words separated by commas; may be repeated. The parsed flag is `string[] | undefined`, words trimmed. */
export const listFlag = custom({
  multiple: true,
  multipleNonGreedy: true,
  delimiter: ',',
  helpValue: 'A,B,…',
  parse: (text) => Promise.resolve(text.trim()),
});
