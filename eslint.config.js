import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const PROCESS_STATE = [
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: 'The environment is an argument.',
  },
  {
    selector: "MemberExpression[object.name='process'][property.name='cwd']",
    message: 'The current folder is an argument.',
  },
];
const PROCESS_EXIT = { object: 'process', property: 'exit', message: 'Only a composition root ends the process.' };
const COMPOSITION_ROOTS = ['src/lib/cli/main.ts', 'src/lib/platform/main.ts'];
const NO_DEFAULT_EXPORT = { selector: 'ExportDefaultDeclaration', message: 'Named exports only, except for commands.' };
const NO_UNTHROWN_ERROR = {
  selector: 'ExpressionStatement > CallExpression[callee.name=/Error$/]',
  message: 'An error is made to be thrown or returned.',
};

/** Edges 2 and 4 of docs/architecture.md, here so that an editor shows them at once; the import checker decides. */
const EDGES = [
  { packages: ['@oclif/core', 'chalk', 'ora', 'inquirer'], allowed: ['cli', 'commands'] },
  { packages: ['got'], allowed: ['client'] },
  { packages: ['conf'], allowed: ['config'] },
  { packages: ['libsql'], allowed: ['database'] },
  { packages: ['croner'], allowed: ['feeds'] },
  { packages: ['dockerode'], allowed: ['containers'] },
  { packages: ['fastify'], allowed: ['controller', 'platform'] },
];

/** One configuration for each folder that may import at least one of these packages, and one for all others. */
function edgeRules() {
  const folders = [...new Set(EDGES.flatMap(({ allowed }) => allowed))];
  const others = { files: ['src/**/*.ts'], rules: restrictedImports(() => true) };
  const each = folders.map((folder) => ({
    files: [folder === 'commands' ? 'src/commands/**/*.ts' : `src/lib/${folder}/**/*.ts`],
    rules: restrictedImports(({ allowed }) => !allowed.includes(folder)),
  }));
  return [others, ...each];
}

function restrictedImports(applies) {
  const patterns = EDGES.filter(applies).map(({ packages, allowed }) => ({
    group: packages.flatMap((name) => [name, `${name}/*`]),
    message: `Only ${allowed.join(' and ')} may import it (docs/architecture.md).`,
  }));
  return { 'no-restricted-imports': ['error', { patterns }] };
}

export default defineConfig(
  globalIgnores(['dist/', '.dist-*/', 'coverage/', 'test/fixtures/', 'test/conformance/actions/']),
  {
    files: ['src/**/*.ts', 'test/**/*.ts', 'scripts/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-depth': ['error', 3],
      'max-params': ['error', 4],
      'no-new': 'error',
      'no-restricted-syntax': ['error', NO_DEFAULT_EXPORT, NO_UNTHROWN_ERROR],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...PROCESS_STATE, NO_DEFAULT_EXPORT, NO_UNTHROWN_ERROR],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: COMPOSITION_ROOTS,
    rules: { 'no-restricted-properties': ['error', PROCESS_EXIT] },
  },
  {
    files: ['src/commands/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...PROCESS_STATE, NO_UNTHROWN_ERROR] },
  },
  { files: COMPOSITION_ROOTS, rules: { 'no-restricted-syntax': ['error', NO_DEFAULT_EXPORT, NO_UNTHROWN_ERROR] } },
  ...edgeRules(),
  {
    files: ['**/*.cjs', '**/*.js'],
    rules: { 'max-lines': ['error', 300], 'max-depth': ['error', 3], 'max-params': ['error', 4] },
  },
);
