import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** A certificate and its key: paths of PEM files. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Makes certificates with openssl in a folder of the test. */
export class CertificateAuthority {
  readonly authority: Certificate;

  constructor(private readonly folder: string) {
    this.authority = this.pathsOf('ca');
    this.openssl('req', '-x509', '-subj', '/CN=test authority', '-days', '2', ...this.newKey('ca'));
  }

  /** A certificate of this authority for host names and addresses (`DNS:h.test`, `IP:127.0.0.1`), or for a client with none. */
  issue(name: string, names: readonly string[], days = 2): Certificate {
    const { cert, key } = this.pathsOf(name);
    const alternative = names.length === 0 ? [] : ['-addext', `subjectAltName=${names.join(',')}`];
    const { cert: ca, key: caKey } = this.authority;
    const subject = ['-subj', `/CN=${name}`, ...alternative];
    this.openssl('req', '-x509', '-CA', ca, '-CAkey', caKey, '-days', String(days), ...subject, ...this.newKey(name));
    return { cert, key };
  }

  private newKey(name: string): readonly string[] {
    const { cert, key } = this.pathsOf(name);
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    return [...kind, '-keyout', key, '-out', cert];
  }

  private pathsOf(name: string): Certificate {
    return { cert: join(this.folder, `${name}.pem`), key: join(this.folder, `${name}.key`) };
  }

  private openssl(...words: readonly string[]): void {
    execFileSync('openssl', words, { stdio: 'pipe' });
  }
}
