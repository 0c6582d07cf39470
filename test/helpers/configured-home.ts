import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { changeConfig, type ConfigChange } from '../../src/lib/config/config-store.js';
import { addContext, useContext } from '../../src/lib/config/context-changes.js';
import { targetOf } from '../../src/lib/config/resolve-connection.js';
import type { SettingKey } from '../../src/lib/config/setting.js';
import { resolveSettings, type Settings, type SettingSources } from '../../src/lib/config/settings.js';
import { systemClock } from '../../src/lib/entity/clock.js';
import { ConfigError } from '../../src/lib/errors/client-errors.js';
import { temporaryFolder } from './temporary-folder.js';

/** A home folder with a working folder in it, and the environment and flags of a run: all that a configuration can come from. */
export class ConfiguredHome {
  readonly env: Record<string, string> = {};
  readonly flags: Partial<Record<SettingKey, string>> = {};
  /** The working folder, `~/work`. */
  readonly cwd: string;
  private readonly folder = temporaryFolder('rt-configured-');

  constructor() {
    this.cwd = this.inHome('work');
    mkdirSync(this.cwd);
  }

  get path(): string {
    return this.folder.path;
  }

  /** The path of `config.json`. */
  get configFile(): string {
    return this.inHome('.config', 'rt', 'config.json');
  }

  inHome(...path: readonly string[]): string {
    return join(this.folder.path, ...path);
  }

  /** Writes a file of the working folder. */
  inWork(name: string, text: string): string {
    const path = join(this.cwd, name);
    this.write(path, text);
    return path;
  }

  /** Writes a file, and its folder. */
  write(path: string, text: string): void {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, text);
  }

  /** Changes `config.json`. */
  async change(change: ConfigChange): Promise<void> {
    await changeConfig(this.configFile, change, systemClock);
  }

  /** Stores a context, and makes it the current one with `use`. */
  async store(name: string, values: Partial<Record<SettingKey, string>>, use = false): Promise<void> {
    const entries = Object.entries(values) as [SettingKey, string][];
    await this.change(addContext(name, new Map(entries)));
    if (use) await this.change(useContext(name));
  }

  sources(more: Partial<SettingSources> = {}): SettingSources {
    const { env, flags, cwd, path } = this;
    return { flags, env, cwd, home: path, platform: 'linux', ...more };
  }

  settings(more: Partial<SettingSources> = {}): Promise<Settings> {
    return resolveSettings(this.sources(more));
  }

  /** Where requests would go. */
  async target(more: Partial<SettingSources> = {}): Promise<ReturnType<typeof targetOf>> {
    return targetOf(await this.settings(more), this.sources(more));
  }

  /** The ConfigError that stands in the way of a request. */
  async refused(message: RegExp, more: Partial<SettingSources> = {}): Promise<ConfigError> {
    const error: unknown = await this.target(more).catch((reason: unknown) => reason);
    assert.ok(error instanceof ConfigError, `it was not refused: ${String(error)}`);
    assert.match(error.message, message);
    assert.equal(error.exitStatus, 2);
    return error;
  }

  dispose(): void {
    this.folder.dispose();
  }
}
