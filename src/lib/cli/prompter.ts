/** Asks the user. Only used where prompts are allowed (C-61). */
export interface Prompter {
  /** Whether somebody is there to answer: terminals on both sides, and nothing that forbids prompts. */
  readonly allowed: boolean;
  /** A yes-or-no question; no is the default. */
  confirm(question: string): Promise<boolean>;
}
