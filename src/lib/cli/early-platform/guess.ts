import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { aioPropertiesVariable, globalAioPath } from '../../config/aio-config.js';
import { configPath } from '../../config/config-file.js';
import { variablesOf } from '../../config/environment-rows.js';
import { findProjectFile } from '../../config/project-rows.js';
import { filled } from '../../config/setting.js';
import { type PathSurroundings, platformPaths } from '../../platform/platform-paths.js';
import { prefixes, shortcuts, topicAliases } from '../argv/aliases.js';

/** Topics whose commands start the local platform. */
const talking: ReadonlySet<string> = new Set([
  'action',
  'activation',
  'api',
  'namespace',
  'package',
  'project',
  'rule',
  'trigger',
]);

/** Words with which a command needs no platform, or another one. */
const decliningWord = /^(?:-[hV]|-u.*|--(?:help|version|apihost|auth|context|mode|no-autostart|foreground)(?:=.*)?)$/;

/** What the words ask for, as far as it can be told by a look. */
function wish(argv: readonly string[]): 'platform' | 'start' | undefined {
  const words = argv.flatMap((word, at) => (at < 2 ? word.split(':') : [word]));
  const [first = '', second = ''] = prefixes.has(words[0] ?? '') ? words.slice(1) : words;
  if (argv.some((word) => decliningWord.test(word))) return undefined;
  const [topic = ''] = shortcutOf(first)?.split(':') ?? [topicOf(first)];
  if (topic === 'platform' && second === 'start') return 'start';
  // A topic alone shows its help.
  return talking.has(topic) && (second !== '' || topic !== topicOf(first)) ? 'platform' : undefined;
}

function shortcutOf(word: string): string | undefined {
  return Object.hasOwn(shortcuts, word) ? shortcuts[word]?.id : undefined;
}

function topicOf(word: string): string {
  const aliases = topicAliases[''] ?? {};
  return (Object.hasOwn(aliases, word) ? aliases[word] : undefined) ?? word;
}

/** Whether anything might say of another host, or that none is to be started (C-15, C-18): by its presence, whatever it holds. */
function isConfigured(around: PathSurroundings): boolean {
  const { env, cwd, home } = around;
  const variables = [...variablesOf('apihost'), ...variablesOf('auth'), 'RT_CONTEXT', 'RT_NO_AUTOSTART'];
  const files = [join(home, '.wskprops'), globalAioPath(env, home), configPath(around)];
  return (
    variables.some((name) => filled(env[name])) ||
    env.WSK_CONFIG_FILE !== undefined ||
    aioPropertiesVariable(env) !== undefined ||
    [...files, join(cwd, '.aio'), join(cwd, '.env')].some((path) => existsSync(path)) ||
    findProjectFile(cwd, home) !== undefined
  );
}

/**
 * Whether a command line most likely starts the local platform. A guess by words, variables and the presence of files: nothing is read, and
 * a wrong one changes nothing but the time that it takes.
 */
export function mayStartPlatform(argv: readonly string[], around: PathSurroundings): boolean {
  const wanted = around.platform === 'win32' || around.home === '' ? undefined : wish(argv);
  if (wanted === undefined || existsSync(platformPaths(around).state)) return false;
  return wanted === 'start' || !isConfigured(around);
}
