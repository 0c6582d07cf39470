import { migrate } from '../../src/lib/database/migrations.js';
import { entitiesSchema } from '../../src/lib/database/schema.js';
import { Settings } from '../../src/lib/database/settings.js';
import { SqliteApiStore } from '../../src/lib/database/sqlite-api-store.js';
import { memoryPath, SqliteFile } from '../../src/lib/database/sqlite-file.js';

/** The stores of an `entities.db` in memory that are made without waiting. */
export class MemoryEntitiesFile {
  private readonly file = SqliteFile.open(memoryPath);
  readonly apis: SqliteApiStore;
  readonly settings: Settings;

  constructor() {
    migrate(this.file, entitiesSchema);
    this.apis = new SqliteApiStore({ file: this.file });
    this.settings = new Settings({ file: this.file });
  }

  dispose(): void {
    this.file.close();
  }
}
