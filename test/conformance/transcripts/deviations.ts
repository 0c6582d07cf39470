/** What we answer where we differ on purpose; what is not named is as recorded. */
export interface Deviation {
  readonly exit?: number;
  /** The whole answer. */
  readonly stdout?: string;
  /** A pattern for the answer where it is more than a line. */
  readonly answer?: RegExp;
  /** A pattern for the first line on stderr; `''` when nothing may be there. */
  readonly stderr?: RegExp;
  /** Rules of the command-line specification. */
  readonly rules: string;
}

const usage = (message: string, rules: string): Deviation => ({
  exit: 2,
  stdout: '',
  stderr: new RegExp(`^error: ${message}`, 'u'),
  rules,
});

/** By command, for the session of wsk. */
export const wskDeviations: Readonly<Record<string, Deviation>> = {
  'action create': usage('Invalid argument\\(s\\)\\. An action name and code artifact are required\\.$', 'C-55'),
  'action create a b c': usage('Invalid argument\\(s\\): c\\. An action name and code artifact are required', 'C-55'),
  'action create nofile nofile.js': usage("File 'nofile\\.js' is not a valid file or it does not exist$", 'C-55'),
  'action create foo code.foo': usage("'\\.foo' is not a supported action runtime$", 'C-33'),
  'action invoke': usage('Invalid argument\\(s\\)\\. An action name is required\\.$', 'C-55'),
  'action create hello2 hello.js --kind nodejs:nope': {
    exit: 144,
    stderr: /^error: Unable to create action 'hello2': The request content was malformed:$/u,
    rules: 'C-33',
  },
  'action create hello2 hello.js --web maybe': usage("Invalid argument 'maybe' for --web flag\\. Valid input", 'C-40'),
  'action create hello2 hello.js -P arr.json': usage("Invalid parameter file 'arr\\.json': expected an object", 'C-26'),
  'action create hello2 hello.js -P bad.json': usage("Invalid parameter file 'bad\\.json': .*line \\d", 'C-26'),
  'action create hello2 hello.js -p k': usage("Arguments for '-p' must be a key/value pair$", 'C-20'),
  'action create sec hello.js --web-secure true': usage('The --web-secure option is only valid when the --web', 'C-41'),
  'trigger fire t -p b 3': { stdout: 'ok: triggered /_/t without an activation (no active rules)\n', rules: 'C-44' },
  'rule create': usage('Invalid argument\\(s\\)\\. A rule, trigger and action name are required\\.$', 'C-55'),
  'trigger create ft --feed feed -p cron now': { stdout: 'ok: created trigger ft\n', rules: 'C-69' },
  'trigger get ft': { answer: /^ok: got trigger ft\n\{[^]*"name": "ft"[^]*"event": "READ"/u, rules: 'C-69' },
  'trigger update ft -p cron later': { stdout: 'ok: updated trigger ft\n', rules: 'C-69' },
  'trigger delete ft': { stdout: 'ok: deleted trigger ft\n', rules: 'C-69' },
  'trigger create ft2 --feed missing -p cron now': { stdout: '', rules: 'C-69' },
  'activation get --last status': usage("Invalid field filter 'status'\\.$", 'C-55'),
  'activation poll --exit 1': { stdout: '', stderr: /^Polling for activation logs$/u, rules: 'C-42, C-66' },
  'action bogus': { exit: 127, stdout: '', stderr: /^error: 'action bogus' is not an rt command$/u, rules: 'C-7' },
  bogus: { exit: 127, stdout: '', stderr: /^error: 'bogus' is not an rt command$/u, rules: 'C-7, C-56' },
  'action list --bogus': usage('Unknown flag --bogus$', 'C-55'),
  '--apihost http://127.0.0.1:1 action list': {
    stderr: /^error: cannot connect to http:\/\/127\.0\.0\.1:1: connection refused$/u,
    rules: 'C-53',
  },
  'action list -l x': usage("Invalid value 'x' for --limit: expected a whole number, 0 or more$", 'C-55'),
};

/** Words that a step of the session of aio needs here: what destroys several entities asks, and there is no terminal (C-61). */
export const aioAgreements: Readonly<Record<number, readonly string[]>> = {
  // package delete --recursive
  67: ['--force'],
};

/** Our exit codes by number of the step, for the session of aio: an action that fails is 246, server errors are 144 to 248 (§8). */
export const aioExits: Readonly<Record<number, number>> = {
  // action create of one that exists
  5: 153,
  // action get missing
  11: 148,
  // action invoke fail
  26: 246,
  // namespace get, which aio has not
  59: 0,
  // --limit x
  66: 2,
};
