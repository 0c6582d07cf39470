import type { ProjectText } from '../project-under-test.js';

/** A project, and everything that is found in it. */
export type DiagnosticCase = readonly [title: string, text: ProjectText, findings: readonly string[]];

/** A file with code that is good enough. */
export const code = { 'a.js': 'function main() {}' };
