/** Small facts about a data folder that survive the platform, by name. */
export interface SettingStore {
  get(name: string): Promise<string | undefined>;
  put(name: string, value: string): Promise<void>;
}
