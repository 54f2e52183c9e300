"""The lines by which each shell asks kimplan what may be typed."""

from __future__ import annotations

_BASH = r"""# Completion of kimplan for bash.
_kimplan_completion() {
    local line kind=
    COMPREPLY=()
    while IFS= read -r line; do
        if [ -z "$kind" ]; then kind=$line; else COMPREPLY+=("$line"); fi
    done < <(_KIMPLAN_COMPLETE=bash _KIMPLAN_LINE="${COMP_LINE:0:COMP_POINT}" \
        _KIMPLAN_BREAKS="$COMP_WORDBREAKS" "$1" 2>/dev/null)
    case $kind in
        files) compopt -o default -o bashdefault 2>/dev/null ;;
        folders) compopt -o dirnames 2>/dev/null || COMPREPLY=($(compgen -d -- "$2")) ;;
        open) compopt -o nospace 2>/dev/null ;;
    esac
}
complete -F _kimplan_completion kimplan
"""
_ZSH = r"""#compdef kimplan
# Completion of kimplan for zsh.
_kimplan() {
    local -a found
    local kind
    found=("${(@f)$(_KIMPLAN_COMPLETE=zsh _KIMPLAN_LINE="${(j: :)words[1,CURRENT]}" \
        "${words[1]}" 2>/dev/null)}")
    kind=$found[1]
    shift found
    [[ $PREFIX == --*=* ]] && compset -P '*='
    case $kind in
        files) _files ;;
        folders) _files -/ ;;
    esac
    (( $#found )) || return
    if [[ $kind == open ]]; then
        _describe -V kimplan found -S ''
    else
        _describe -V kimplan found
    fi
}
if [[ $funcstack[1] == _kimplan ]]; then
    _kimplan "$@"
else
    compdef _kimplan kimplan
fi
"""
_FISH = r"""# Completion of kimplan for fish.
function __kimplan_complete
    set -l found (env _KIMPLAN_COMPLETE=fish _KIMPLAN_LINE=(commandline -cp | string collect) \
        kimplan 2>/dev/null)
    switch "$found[1]"
        case files
            __fish_complete_path (commandline -ct)
        case folders
            __fish_complete_directories (commandline -ct) ''
    end
    if set -q found[2]
        string join \n -- $found[2..-1]
    end
end
complete -c kimplan -f -a '(__kimplan_complete)'
"""
_POWERSHELL = r"""# Completion of kimplan for PowerShell.
Register-ArgumentCompleter -Native -CommandName kimplan -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $line = $commandAst.Extent.Text
    $typed = $cursorPosition - $commandAst.Extent.StartOffset
    if ($typed -gt $line.Length) { $line = $line.PadRight($typed) }
    $env:_KIMPLAN_COMPLETE = 'powershell'
    $env:_KIMPLAN_LINE = $line.Substring(0, $typed)
    try {
        $found = @(kimplan 2>$null)
    } finally {
        Remove-Item Env:_KIMPLAN_COMPLETE, Env:_KIMPLAN_LINE
    }
    $found | Select-Object -Skip 1 | ForEach-Object {
        $text, $shown, $about = $_ -split "`t"
        $kind = [System.Management.Automation.CompletionResultType]::ParameterValue
        [System.Management.Automation.CompletionResult]::new($text, $shown, $kind, $about)
    }
}
"""
SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH, "powershell": _POWERSHELL}
