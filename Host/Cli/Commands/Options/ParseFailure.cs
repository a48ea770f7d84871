using System.CommandLine;

namespace PluginHost.Host.Cli.Commands.Options;

/// <summary>Says what is wrong with a command line.</summary>
internal static class ParseFailure
{
    /// <summary>Prints the errors with the nearest names.</summary>
    /// <returns>The exit code.</returns>
    public static int Report(ParseResult parsed, TextWriter error)
    {
        var command = parsed.CommandResult.Command;
        var names = command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name).Concat(Options(command)).ToList();
        var unmatched = parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null;
        if (unmatched is not null)
        {
            var what = unmatched.StartsWith('-') ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
            error.WriteLine($"host: unknown {what} '{unmatched}'{Nearest.Hint(unmatched, names)}.");
        }
        else
            foreach (var message in parsed.Errors.Select(e => e.Message).Distinct()) error.WriteLine($"host: {message}");
        error.WriteLine(Hint(Path(parsed)));
        return ExitCodes.Usage;
    }

    /// <summary>Where a command's help is.</summary>
    /// <param name="command">For example <c>host plugins show</c>.</param>
    public static string Hint(string command) => $"'{command} --help' shows what there is.";

    private static IEnumerable<string> Options(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(p => p.Options.Where(o => o.Recursive)))
            .Where(o => !o.Hidden).Select(o => o.Name);

    private static string Path(ParseResult parsed)
    {
        var names = new List<string>();
        for (var at = parsed.CommandResult; at is not null; at = at.Parent as System.CommandLine.Parsing.CommandResult)
            names.Insert(0, at.Command is RootCommand ? "host" : at.Command.Name);
        return string.Join(' ', names);
    }
}
