import { readFileSync } from 'node:fs';
import { CommandTree } from '../argv/command-tree.js';
import { type CompletionSurroundings, namesOf } from './entity-names.js';
import { splitLine } from './line-words.js';
import { completionShells, shownCandidates } from './shown-candidates.js';
import { type Candidate, suggest } from './suggestions.js';
import { TypedCommandReader } from './typed-command.js';
import { wordCatalogue } from './word-catalogue.js';

/** What the entry of the program hands over. */
export interface CompletionRequest extends CompletionSurroundings {
  /** Name of the shell, the line up to the cursor, and the characters at which bash cuts words. */
  readonly words: readonly string[];
  /** Path of `oclif.manifest.json`. */
  readonly manifest: string;
}

/**
 * Answers a shell that completes a line (C-79): the text for its script. Never rejects; what fails gives no candidates. A bundle of its
 * own without oclif, because it runs at each press of the key.
 */
export async function complete(request: CompletionRequest): Promise<string> {
  try {
    return await answer(request);
  } catch {
    return '';
  }
}

async function answer(request: CompletionRequest): Promise<string> {
  const [name = '', line = '', breaks = ':='] = request.words;
  const shell = completionShells.find((candidate) => candidate === name);
  if (shell === undefined) return '';
  const catalogue = wordCatalogue(JSON.parse(readFileSync(request.manifest, 'utf8')));
  const tree = new CommandTree(new Set(catalogue.commands.keys()));
  const typed = splitLine(line);
  const command = new TypedCommandReader(catalogue, tree).read(typed.words);
  const { candidates, files, names } = suggest(command, typed.current, catalogue, tree);
  const found = names === undefined ? [] : await namesOf(names.list, command.connection, request);
  const named = found.map((full) => nameCandidate(full, names?.lead ?? '', typed.current));
  return shownCandidates([...candidates, ...named], { shell, typed, files, breaks });
}

/** `/guest/pkg/hello` is typed `pkg/hello`, unless the user began with the slash. */
function nameCandidate(full: string, lead: string, current: string): Candidate {
  const absolute = current.slice(lead.length).startsWith('/');
  return { word: lead + (absolute ? full : full.replace(/^\/[^/]+\//, '')), summary: '' };
}
