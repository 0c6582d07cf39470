import { formatJson } from './json-text.js';
import type { OutputMode } from './output-mode.js';
import { JsonText, type Presenter } from './presenter.js';
import type { Terminal } from './terminal.js';

function documentText(presenter: Presenter): string {
  const document = presenter.json();
  return document instanceof JsonText ? document.text : JSON.stringify(document);
}

/** What turns JSON text into YAML; the package is loaded for the first one only. */
export async function yamlOf(): Promise<(json: string) => string> {
  const { parse, stringify } = await import('yaml');
  return (json) => stringify(parse(json, { intAsBigInt: true }));
}

/** Prints a result in the form that `--output` asks for: text, one JSON document (C-49), YAML, or names one per line. */
export async function presentResult(
  presenter: Presenter,
  context: { readonly terminal: Terminal; readonly output: OutputMode },
): Promise<void> {
  const { terminal, output } = context;
  switch (output.format) {
    case 'json': {
      const pretty = output.pretty ?? terminal.interactive;
      terminal.answer(formatJson(documentText(presenter), pretty ? 2 : 0));
      return;
    }
    case 'yaml': {
      const toYaml = await yamlOf();
      terminal.answer(toYaml(documentText(presenter)).trimEnd());
      return;
    }
    case 'name': {
      // What has no names, such as the state of the platform, is shown as ever: an error would come after the deed.
      if (presenter.names === undefined) presenter.text(terminal);
      else for (const name of presenter.names()) terminal.answer(name);
      return;
    }
    case 'text':
    case 'wide':
      presenter.text(terminal);
  }
}

/**
 * Prints one of the results of a command that goes on (C-49): JSON on one line each whatever the terminal, YAML as documents of their own,
 * everything else as a single result.
 */
export async function presentItem(
  presenter: Presenter,
  context: { readonly terminal: Terminal; readonly output: OutputMode },
): Promise<void> {
  const { terminal, output } = context;
  if (output.format === 'json')
    return presentResult(presenter, { terminal, output: { format: 'json', pretty: false } });
  if (output.format === 'yaml') terminal.answer('---');
  return presentResult(presenter, context);
}
