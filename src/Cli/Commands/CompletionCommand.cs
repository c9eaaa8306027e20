using System.CommandLine;

namespace Theory.Cli.Commands;

/// <summary><c>theory completion SHELL</c>: a script that lets a shell complete commands, options, ids and parameter names.</summary>
internal static class CompletionCommand
{
    // The tool itself answers: `theory "[suggest:POSITION]" "LINE"` prints one candidate a line.
    // '=' and ':' break words in bash, so the candidates lose what stands before the last break.
    private const string Bash = """
        # theory: completion for bash.  Install: theory completion bash > ~/.local/share/bash-completion/completions/theory
        _theory()
        {
            local word="${COMP_LINE:0:$COMP_POINT}" candidates
            word="${word##* }"
            mapfile -t candidates < <(theory "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)
            mapfile -t COMPREPLY < <(IFS=$'\n'; compgen -W "${candidates[*]}" -- "$word")
            if [[ $word == *[=:]* ]]; then
                local before="${word%"${word##*[=:]}"}" i
                for i in "${!COMPREPLY[@]}"; do COMPREPLY[i]="${COMPREPLY[i]#"$before"}"; done
            fi
            [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace
        }
        complete -o default -F _theory theory

        """;

    private const string Zsh = """
        #compdef theory
        # theory: completion for zsh.  Install: theory completion zsh > DIRECTORY_IN_FPATH/_theory
        _theory()
        {
            local -a candidates
            candidates=("${(@f)$(theory "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
            compadd -S '' -- ${(M)candidates:#*=}
            compadd -- ${candidates:#*=}
            _files
        }
        if [[ $funcstack[1] == _theory ]]; then _theory "$@"; else compdef _theory theory; fi

        """;

    private const string Fish = """
        # theory: completion for fish.  Install: theory completion fish > ~/.config/fish/completions/theory.fish
        function __theory_complete
            set -l line (commandline -cp)
            theory "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c theory -a '(__theory_complete)'

        """;

    public static Command Create(Session session)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish", HelpName = "bash|zsh|fish" }.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new ToolCommand(
            "completion", "Prints a script that completes commands, options, systems and parameter names in your shell.", "source <(theory completion bash)")
        {
            shell,
        };
        command.SetAction(result => session.Out.Write(result.GetValue(shell) switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            _ => Fish,
        }));
        return command;
    }
}
