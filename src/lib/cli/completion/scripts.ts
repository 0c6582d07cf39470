import type { CompletionShell } from './shown-candidates.js';

/** Works on bash 3.2 and without the bash-completion package; names of files are bash's own business (`-o default`). */
const bash = `# Completion of rt for bash: eval "$(rt completion bash)"
_rt_complete() {
  local candidate
  COMPREPLY=()
  while IFS= read -r candidate; do
    COMPREPLY[\${#COMPREPLY[@]}]=$candidate
  done < <(command rt __complete bash "\${COMP_LINE:0:$COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null)
}
complete -o default -F _rt_complete rt
`;

const zsh = `#compdef rt
# Completion of rt for zsh: eval "$(rt completion zsh)"
_rt() {
  local -a candidates
  local line="\${(j: :)words[1,CURRENT-1]} $PREFIX"
  local candidate files=
  while IFS= read -r candidate; do
    if [[ $candidate == :files ]]; then files=yes; else candidates+=("$candidate"); fi
  done < <(command rt __complete zsh "$line" 2>/dev/null)
  (( \${#candidates} )) && _describe -V rt candidates
  [[ -n $files ]] && _files
  return 0
}
if (( ! $+functions[compdef] )); then
  autoload -Uz compinit && compinit
fi
compdef _rt rt
`;

const fish = `# Completion of rt for fish: rt completion fish | source
function __rt_complete
    set -l candidates (command rt __complete fish (commandline -cp | string collect) 2>/dev/null)
    for candidate in $candidates
        if test "$candidate" = ":files"
            __fish_complete_path (commandline -ct)
        else
            echo $candidate
        end
    end
end
complete -c rt -f -a '(__rt_complete)'
`;

const powershell = `# Completion of rt for PowerShell: rt completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName rt -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $length = $cursorPosition - $commandAst.Extent.StartOffset
    $line = $commandAst.Extent.Text.PadRight($length).Substring(0, $length).Replace('"', "'")
    rt __complete powershell $line 2>$null | ForEach-Object {
        $word, $summary = $_ -split "\`t", 2
        if ($word -eq ':files') {
            [System.Management.Automation.CompletionCompleters]::CompleteFilename($wordToComplete)
        } else {
            if (-not $summary) { $summary = $word }
            [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $summary)
        }
    }
}
`;

/** The script that a shell evaluates; it asks `rt __complete` at each press of the key (C-79). */
export const completionScripts: Readonly<Record<CompletionShell, string>> = { bash, zsh, fish, powershell };
