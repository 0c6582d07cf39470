import { exitStatus } from '../errors/exit-status.js';
import { PresentedFailure } from './presented-failure.js';
import type { Prompter } from './prompter.js';

/** Kinds of question, as inquirer calls them, and what each adds to the question. */
const kinds = {
  confirm: { type: 'confirm', default: false },
  text: { type: 'input' },
  secret: { type: 'password' },
  choose: { type: 'select' },
} as const;

/** Asks on the terminal through inquirer, which is loaded for the first question only. Questions go to stderr (C-42). */
export class InquirerPrompter implements Prompter {
  constructor(
    private readonly deps: {
      readonly allowed: boolean;
      readonly input: NodeJS.ReadableStream;
      readonly output: NodeJS.WritableStream;
    },
  ) {}

  get allowed(): boolean {
    return this.deps.allowed;
  }

  async confirm(question: string): Promise<boolean> {
    return (await this.ask('confirm', question)) === true;
  }

  async text(question: string): Promise<string> {
    return String(await this.ask('text', question));
  }

  async secret(question: string): Promise<string> {
    return String(await this.ask('secret', question));
  }

  async choose<Choice extends string>(question: string, choices: readonly Choice[]): Promise<Choice> {
    const answer = await this.ask('choose', question, { choices });
    const [first] = choices;
    const chosen = choices.find((choice) => choice === answer) ?? first;
    if (chosen === undefined) throw new Error('there is nothing to choose from');
    return chosen;
  }

  private async ask(kind: keyof typeof kinds, message: string, more: object = {}): Promise<unknown> {
    const { createPromptModule } = (await import('inquirer')).default;
    const prompt = createPromptModule({ input: this.deps.input, output: this.deps.output });
    try {
      const answers: Readonly<Record<string, unknown>> = await prompt([
        { ...kinds[kind], ...more, name: 'answer', message },
      ]);
      return answers.answer;
    } catch (error) {
      // In a question Ctrl-C is a key and no signal: inquirer rejects, and the run ends as if the signal had come (C-63).
      if (error instanceof Error && error.name === 'ExitPromptError') {
        throw new PresentedFailure('interrupted', exitStatus.interrupted);
      }
      throw error;
    }
  }
}
