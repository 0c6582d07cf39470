import { commandAliases, shortcuts, topicAliases } from './aliases.js';

/** The other spellings of a command, in words with blanks, from the tables of C-6. Shortcuts that imply flags are not among them. */
export function spellingsOf(id: string): readonly string[] {
  const words = id.split(':');
  const last = words.at(-1) ?? '';
  const topic = words.slice(0, -1).join(':');
  const ofTopic = Object.entries(topicAliases[''] ?? {}).filter(([, target]) => target === topic);
  const ofCommand = words.length < 2 ? [] : Object.entries(commandAliases).filter(([, target]) => target === last);
  const phrases = Object.entries(shortcuts).filter(([, target]) => target.id === id && target.flags === undefined);
  return [
    ...ofCommand.map(([alias]) => `${topic} ${alias}`),
    ...ofTopic.map(([alias]) => `${alias} ${last}`),
    ...phrases.map(([phrase]) => phrase),
  ].map((alias) => alias.replaceAll(':', ' '));
}
