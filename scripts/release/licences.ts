import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** A package whose code is part of a release: bundled, or installed beside it. */
export interface LicensedPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression of its package.json. */
  readonly licence: string;
  /** Full text of its licence and notice files; empty when it has none. */
  readonly text: string;
}

/** Folders (`node_modules/a`, `node_modules/b/node_modules/@c/d`) of the packages that gave a file to a bundle. */
function bundledFolders(metafiles: readonly Metafile[]): string[] {
  const inputs = metafiles.flatMap((metafile) => Object.values(metafile.outputs).flatMap(usedInputs));
  const folders = inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/u.exec(input)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

function usedInputs(output: Metafile['outputs'][string]): string[] {
  return Object.keys(output.inputs);
}

/** The packages that npm installs with the product, on any platform, from the lock file; their texts lie beside them. */
export async function installedPackages(root: string): Promise<LicensedPackage[]> {
  const lock: unknown = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
  const entries = Object.entries(record(record(lock)['packages']));
  const installed = entries.map(([path, entry]) => ({ path, entry: record(entry) }));
  return installed
    .filter(({ path, entry }) => path !== '' && entry['dev'] !== true && entry['devOptional'] !== true)
    .map(({ path, entry }) => ({
      name: path.replace(/^.*node_modules\//u, ''),
      version: String(entry['version']),
      licence: typeof entry['license'] === 'string' ? entry['license'] : 'unknown',
      text: '',
    }));
}

/** The packages whose code lies in the bundles. */
export async function bundledPackages(root: string, metafiles: readonly Metafile[]): Promise<LicensedPackage[]> {
  const found = await Promise.all(bundledFolders(metafiles).map((folder) => readLicence(join(root, folder))));
  return found.sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

async function readLicence(folder: string): Promise<LicensedPackage> {
  const { name, version, license } = record(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
  const licence = typeof license === 'string' ? license : 'unknown';
  return { name: String(name), version: String(version), licence, text: await licenceText(folder) };
}

async function licenceText(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => /^(licen[cs]e|notice|copying)([-.].*)?$/iu.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.map((text) => text.trim()).join('\n\n');
}

/** `dist/LICENCES.txt`: the texts that the licences of bundled packages ask to be passed on, each once. */
export function licencesDocument(packages: readonly LicensedPackage[]): string {
  const owners = new Map<string, string[]>();
  for (const { name, version, licence, text } of packages) {
    owners.set(text, [...(owners.get(text) ?? []), `${name} ${version} (${licence})`]);
  }
  const parts = [...owners].map(([text, names]) => `${names.join('\n')}\n\n${text}`);
  return `Packages whose code is part of this program\n\n${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** `NOTICE`: every package whose code is part of a release, with its licence (RS-263). */
export function noticeDocument(installed: readonly LicensedPackage[], bundled: readonly LicensedPackage[]): string {
  const list = (packages: readonly LicensedPackage[]): string =>
    packages.map(({ name, version, licence }) => `  ${name} ${version} - ${licence}`).join('\n');
  return [
    'openwhisk-rt',
    'Licensed under the Apache License, Version 2.0 (see LICENSE).',
    '',
    'This product includes software developed at The Apache Software Foundation (http://www.apache.org/).',
    '',
    'Installed with it, each with its licence text beside it (of the @libsql packages only the one for the machine):',
    '',
    list(installed),
    '',
    'Bundled into it; the licence texts are in dist/LICENCES.txt:',
    '',
    list(bundled),
    '',
  ].join('\n');
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
