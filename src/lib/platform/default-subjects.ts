import { randomUUID } from 'node:crypto';
import type { SubjectStore } from '../database/subject-store.js';
import type { Identity } from '../entity/identity.js';
import type { Random } from '../entity/random.js';
import { PlatformError } from '../errors/client-errors.js';
import { isLoopback } from '../config/apihost.js';
import type { PlatformOptions } from './launcher/platform-options.js';

/** The namespace that commands use unless they are told otherwise. */
const defaultNamespace = 'guest';

/** User part of the key of `guest` that every OpenWhisk tutorial prints. */
const knownUuid = '23bc46b1-71f6-4ed5-8c54-816aa4f8c502';

/**
 * Stores the subjects of `--user` and gives the default one, with a key that is made at random for each data folder (RS-238). Refuses a key
 * that everybody knows on an address that others can reach (RS-246).
 */
export async function prepareSubjects(
  subjects: SubjectStore,
  options: Pick<PlatformOptions, 'users' | 'host'>,
  random: Random,
): Promise<Identity> {
  for (const { name, uuid, key } of options.users) {
    await subjects.put({ subject: name, namespace: name, uuid, key });
  }
  const guest = (await subjects.ofNamespace(defaultNamespace)) ?? (await createGuest(subjects, random));
  const known = !isLoopback(options.host) && (await subjects.find(knownUuid)) !== undefined;
  if (known) {
    throw new PlatformError(`the well-known key of guest must not be used with --host ${options.host}`, {
      hint: 'choose another key with --user, or rt platform reset',
    });
  }
  return guest;
}

async function createGuest(subjects: SubjectStore, random: Random): Promise<Identity> {
  const guest: Identity = {
    subject: defaultNamespace,
    namespace: defaultNamespace,
    uuid: randomUUID(),
    key: random.hex(32),
  };
  await subjects.put(guest);
  return guest;
}
