/** Asks the user. Only used where prompts are allowed (C-61); Ctrl-C at a question ends the command with status 130. */
export interface Prompter {
  /** Whether somebody is there to answer: terminals on both sides, and nothing that forbids prompts. */
  readonly allowed: boolean;
  /** A yes-or-no question; no is the default. */
  confirm(question: string): Promise<boolean>;
  /** A line of text. */
  text(question: string): Promise<string>;
  /** A line that does not appear on the screen: a key, a password. */
  secret(question: string): Promise<string>;
  /** One of several. */
  choose<Choice extends string>(question: string, choices: readonly Choice[]): Promise<Choice>;
}
