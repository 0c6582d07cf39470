import { type DestinationSetting, type LogDestination, logDestinations } from '../client/log-destinations.js';
import { UsageError } from '../errors/client-errors.js';
import { TextInput } from './flags/text-input.js';
import type { Session } from './session.js';

/** Settings of a destination by the API's names. */
export type DestinationSettings = Readonly<Record<string, string>>;

/**
 * The settings of a destination from flags of the same names with dashes. Secrets may be `-`, which is standard input (§11.6). Throws
 * UsageError for what is missing.
 */
export async function settingsFromFlags(
  destination: LogDestination,
  flags: Readonly<Record<string, unknown>>,
  session: Session,
): Promise<DestinationSettings> {
  const wanted: readonly DestinationSetting[] = logDestinations[destination];
  const missing = wanted.map(({ key }) => flagOf(key)).filter((flag) => textAt(flags, flag) === '');
  if (missing.length > 0) {
    const named = missing.map((flag) => `--${flag}`).join(', ');
    throw new UsageError(`Missing ${named}: all settings of ${destination} are required`, { showUsage: true });
  }
  const input = new TextInput(session.environment, session.line.values.get('auth') === '-');
  const settings: Record<string, string> = {};
  for (const { key, secret } of wanted) {
    const text = textAt(flags, flagOf(key));
    settings[key] = secret === true && text === '-' ? (await input.file('-')).trim() : text;
    if (secret === true) session.redactor.hide(settings[key]);
  }
  return settings;
}

/** Asks for a destination and its settings (C-61). Throws UsageError where nobody can be asked. */
export async function askForSettings(
  session: Session,
): Promise<{ readonly destination: LogDestination; readonly settings: DestinationSettings }> {
  const { prompter } = session;
  if (!prompter.allowed) {
    throw new UsageError('A destination is required; there is no terminal to ask on', {
      hint: 'rt namespace log-forwarding set adobe-io-runtime, azure-log-analytics, splunk-hec or new-relic',
      showUsage: true,
    });
  }
  const names = Object.keys(logDestinations).filter(isDestination);
  const destination = await prompter.choose('Where should logs be forwarded to?', names);
  const settings: Record<string, string> = {};
  for (const { key, secret } of logDestinations[destination] as readonly DestinationSetting[]) {
    const question = `${key}:`;
    settings[key] = await (secret === true ? prompter.secret(question) : prompter.text(question));
    if (secret === true) session.redactor.hide(settings[key]);
  }
  return { destination, settings };
}

function isDestination(name: string): name is LogDestination {
  return Object.hasOwn(logDestinations, name);
}

function flagOf(key: string): string {
  return key.replaceAll('_', '-');
}

function textAt(flags: Readonly<Record<string, unknown>>, flag: string): string {
  const value = flags[flag];
  return typeof value === 'string' ? value : '';
}
