using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using PluginHost.Host.Cli.Commands.Options;

namespace PluginHost.Host.Cli.Commands;

/// <summary>The command line: the host's own commands, and the tools that plugins bring along.</summary>
public sealed class CommandLine
{
    private static readonly string[] examples =
    [
        "host run --pipeline pipelines/quickstart.yaml        pretrain, fine-tune and score a small model",
        "host check --pipeline pipelines/quickstart.yaml      try the wiring and one batch; writes nothing",
        "host predict runs/NAME new-sequences.fa              use a trained model",
        "host plugins list                                    what components there are",
        "host doctor                                          what this machine offers, and what to improve",
    ];

    private readonly HostSettings settings;
    private readonly ToolCommands tools;
    private readonly RootCommand root = new("Trains and uses DNA foundation models built from plugins.");
    private readonly Option<string[]> plugins = new("--plugins")
    {
        Description = "A folder of plugin folders beside the default ones; may be repeated.", HelpName = "DIR", Recursive = true,
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<bool> trust = new("--trust")
    {
        Description = "Load plugins that are new to this machine without trying them in another process first.", Recursive = true,
    };
    private readonly Option<bool> locked = new("--locked")
    {
        Description = "Refuse plugins that are not, file by file (SHA-256), those that the model or run was made with.", Recursive = true,
    };
    private readonly Option<bool> verbose =
        new("--verbose", "-v") { Description = "Show stack traces and inner causes of failures.", Recursive = true };
    private readonly Option<bool> quiet = new("--quiet", "-q") { Description = "Show results and warnings only.", Recursive = true };

    /// <param name="settings">Takes what the common options say.</param>
    /// <param name="commands">The host's own commands.</param>
    /// <param name="tools">The plugins' commands.</param>
    public CommandLine(HostSettings settings, HostCommands commands, ToolCommands tools)
    {
        (this.settings, this.tools) = (settings, tools);
        commands.AddTo(root);
        root.Options.Add(plugins);
        root.Options.Add(trust);
        root.Options.Add(locked);
        root.Options.Add(verbose);
        root.Options.Add(quiet);
        foreach (var help in root.Options.OfType<HelpOption>())
            if (help.Action is HelpAction rest) help.Action = new ExampleHelp(rest, examples, () => tools.AddTo(root));
        root.SetAction(parsed =>
        {
            root.Parse(["--help"]).Invoke(parsed.InvocationConfiguration);
            return ExitCodes.Usage;
        });
    }

    /// <summary>Parses the arguments; plugins are loaded only when a command is not the host's own.</summary>
    public ParseResult Parse(IReadOnlyList<string> args)
    {
        var parsed = root.Parse(args);
        Take(parsed);
        var isForHost = parsed.UnmatchedTokens.Count == 0 && (parsed.Action is ExampleHelp || args.Contains("--version"));
        if ((parsed.CommandResult.Command != root && BeginsWithCommand(parsed)) || isForHost) return parsed;
        tools.AddTo(root);
        return root.Parse(args);
    }

    /// <summary>Whether no unknown word goes before the command: <c>data check</c> is not the host's <c>check</c>.</summary>
    private static bool BeginsWithCommand(ParseResult parsed) =>
        parsed.Tokens.FirstOrDefault(t => t.Type is TokenType.Command or TokenType.Argument)?.Type != TokenType.Argument;

    private void Take(ParseResult parsed)
    {
        settings.PluginFolders = parsed.GetValue(plugins) ?? [];
        settings.Trust = parsed.GetValue(trust);
        settings.Locked = parsed.GetValue(locked);
        settings.Verbose = parsed.GetValue(verbose);
        settings.Quiet = parsed.GetValue(quiet);
    }
}
