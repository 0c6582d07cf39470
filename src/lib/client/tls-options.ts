import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';
import type { OptionsInit } from 'got';
import type { Connection } from '../config/connection.js';
import { ConfigError } from '../errors/client-errors.js';

/** Largest file with certificates or a key that is read, in bytes (RS-256). */
const largest = 4 * 1024 * 1024;

/** What `tlsOptions` found: the options, and what the user should be told. */
export interface TlsChoice {
  readonly options: NonNullable<OptionsInit['https']>;
  /** The authorities to trust, when they are not Node's own. */
  readonly trusted: readonly string[] | undefined;
  readonly warnings: readonly string[];
}

interface PemFile {
  readonly text: string;
  readonly mode: number;
}

async function readOpen(file: FileHandle): Promise<PemFile | undefined> {
  const status = await file.stat();
  if (!status.isFile() || status.size > largest) return undefined;
  return { text: await file.readFile('utf8'), mode: status.mode };
}

/** The text of a PEM file; what is none, or no file, is a ConfigError that names it. */
async function pem(path: string, what: string): Promise<PemFile> {
  let file: FileHandle | undefined;
  let found: PemFile | undefined;
  try {
    // A pipe must not block the command; where there is no such flag there are no such pipes.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    found = await readOpen(file);
  } catch (error) {
    throw new ConfigError(`cannot read the ${what} ${path}`, { cause: error });
  } finally {
    await file?.close();
  }
  if (found !== undefined && /-----BEGIN [A-Z0-9 ]+-----/.test(found.text)) return found;
  throw new ConfigError(`the ${what} ${path} is not a PEM file`, { hint: 'it begins with -----BEGIN …-----' });
}

/** A private key that others can read is worth a warning (RS-256). */
function keyWarnings(path: string, { mode }: PemFile, platform: NodeJS.Platform): readonly string[] {
  if (platform === 'win32' || (mode & 0o077) === 0) return [];
  return [`the certificate key ${path} can be read by others; chmod 600 protects it`];
}

/**
 * TLS options of a connection: verification is on unless it says otherwise, never below TLS 1.2 (RS-252). With `cacert` its authorities are
 * added to Node's own and those of `extraCertificates`, the file that NODE_EXTRA_CA_CERTS names.
 */
export async function tlsOptions(
  connection: Connection,
  around: { readonly extraCertificates: string | undefined; readonly platform: NodeJS.Platform },
): Promise<TlsChoice> {
  const { cacert, cert, key, insecure } = connection;
  const extra = around.extraCertificates;
  const trusted =
    cacert === undefined
      ? undefined
      : [
          ...rootCertificates,
          (await pem(cacert.value, 'certificates of --cacert')).text,
          ...(extra === undefined || extra === ''
            ? []
            : [(await pem(extra, 'certificates of NODE_EXTRA_CA_CERTS')).text]),
        ];
  const certificate = cert === undefined ? undefined : await pem(cert.value, 'certificate');
  const privateKey = key === undefined ? undefined : await pem(key.value, 'certificate key');
  const options = {
    rejectUnauthorized: !insecure.value,
    minVersion: 'TLSv1.2' as const,
    ...(trusted === undefined ? {} : { certificateAuthority: trusted }),
    ...(certificate === undefined ? {} : { certificate: certificate.text }),
    ...(privateKey === undefined ? {} : { key: privateKey.text }),
  };
  const warnings =
    key === undefined || privateKey === undefined ? [] : keyWarnings(key.value, privateKey, around.platform);
  return { options, trusted, warnings };
}
