import { configPath } from '../config/config-file.js';
import { propertiesPath } from '../config/properties-row.js';
import { type SettingKey, shownPath } from '../config/setting.js';
import { builtInContexts, resolveSettings, type Settings } from '../config/settings.js';
import { UsageError } from '../errors/client-errors.js';
import { didYouMean } from './did-you-mean.js';
import type { Session } from './session.js';
import { settingSources } from './setting-sources.js';
import { storedConfig } from './store-config.js';

/** A context with its values and where they lie. */
export interface ContextView {
  readonly name: string;
  /** Whether commands use it when they name none. */
  readonly current: boolean;
  readonly values: ReadonlyMap<SettingKey, string>;
  /** Path of the file with the values, or `built in`. */
  readonly source: string;
}

/** The contexts that there are: those stored, the local platform and the properties file. */
export class ContextCatalogue {
  constructor(private readonly session: Session) {}

  /** All contexts: the built-in ones, then the stored ones. */
  async list(): Promise<readonly ContextView[]> {
    const current = await this.current();
    return Promise.all(this.names().map((name) => this.view(name, current)));
  }

  /** A context by its name, or the current one. A UsageError when there is none. */
  async get(name: string | undefined): Promise<ContextView> {
    const current = await this.current();
    const wanted = name ?? current;
    if (wanted === undefined) {
      throw new UsageError('no context is in use: the host and the key come from elsewhere', {
        hint: 'rt property get --show-source tells from where',
      });
    }
    this.check(wanted);
    return this.view(wanted, current);
  }

  /** Refuses a name that no context has, with the nearest one as a hint (C-56). */
  check(name: string): void {
    const names = this.names();
    if (names.includes(name)) return;
    throw new UsageError(`there is no context '${name}'`, {
      hint: didYouMean(name, names) ?? `the contexts are ${names.join(', ')}`,
    });
  }

  /** What goes before a context that is selected by `context use`: the source of another host, if there is one. */
  async overridden(): Promise<string | undefined> {
    const { values } = await this.settings();
    return [values.get('apihost'), values.get('auth')].find(
      (setting) => setting !== undefined && setting.origin !== 'context' && setting.origin !== 'user',
    )?.source;
  }

  private names(): readonly string[] {
    return [...builtInContexts, ...storedConfig(this.session).contexts.keys()];
  }

  private settings(): Promise<Settings> {
    return resolveSettings({ ...settingSources(this.session, new Set()), flags: {} });
  }

  /** The context in effect; without a selection the one that the files lead to. */
  private async current(): Promise<string | undefined> {
    const { values, context } = await this.settings();
    if (context !== undefined) return context.name;
    const host = values.get('apihost') ?? values.get('auth');
    if (host === undefined) return 'local';
    return host.origin === 'user' ? 'wskprops' : undefined;
  }

  private async view(name: string, current: string | undefined): Promise<ContextView> {
    return { name, current: name === current, ...(await this.content(name)) };
  }

  private async content(name: string): Promise<Pick<ContextView, 'values' | 'source'>> {
    const { environment, local } = this.session;
    const { home } = environment;
    if (name === 'local') {
      const state = await local.read();
      const values: [SettingKey, string][] =
        state === undefined
          ? []
          : [
              ['apihost', state.url],
              ['auth', state.auth],
            ];
      return { values: new Map(values), source: 'built in' };
    }
    if (name === 'wskprops') {
      const sources = { ...settingSources(this.session, new Set()), flags: {}, context: name };
      const { values } = await resolveSettings(sources);
      const path = await propertiesPath(environment);
      const own = [...values]
        .filter(([, { origin }]) => origin === 'user')
        .map(([key, { value }]) => [key, value] as const);
      return { values: new Map(own), source: path === undefined ? 'no file' : shownPath(path, home) };
    }
    const values = storedConfig(this.session).contexts.get(name) ?? new Map<SettingKey, string>();
    return { values, source: shownPath(configPath(environment), home) };
  }
}
