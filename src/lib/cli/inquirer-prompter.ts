import type { Prompter } from './prompter.js';

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
    const { createPromptModule } = (await import('inquirer')).default;
    const prompt = createPromptModule({ input: this.deps.input, output: this.deps.output });
    const answers = await prompt([{ type: 'confirm', name: 'yes', message: question, default: false }]);
    return answers.yes === true;
  }
}
