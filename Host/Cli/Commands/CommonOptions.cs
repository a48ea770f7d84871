using System.CommandLine;
using System.Text.RegularExpressions;

namespace PluginHost.Host.Cli.Commands;

/// <summary>Options that several commands have.</summary>
internal static partial class CommonOptions
{
    /// <summary><c>--pipeline FILE</c></summary>
    public static Option<string> Pipeline() => new("--pipeline", "-p") { Description = "The pipeline file (docs/pipelines.md).", HelpName = "FILE" };

    /// <summary><c>--set path=value</c></summary>
    public static Option<string[]> Set() => new("--set")
    {
        Description = "Overrides a key of the pipeline, for example --set stages.pretrain.train.steps=100; may be repeated.",
        HelpName = "PATH=VALUE", AllowMultipleArgumentsPerToken = false,
    };

    /// <summary><c>--device</c></summary>
    public static Option<string> Device()
    {
        var option = new Option<string>("--device")
        {
            Description = "auto (the first GPU if there is one), cpu, or cuda:N.", HelpName = "auto|cpu|cuda:N", DefaultValueFactory = _ => "auto",
        };
        option.Validators.Add(result =>
        {
            var value = result.Tokens.Count == 1 ? result.Tokens[0].Value : "auto";
            if (!DeviceName().IsMatch(value)) result.AddError($"--device must be auto, cpu or cuda:N (for example cuda:0), but is '{value}'.");
        });
        return option;
    }

    [GeneratedRegex("^(auto|cpu|cuda(:[0-9]{1,3})?)$", RegexOptions.CultureInvariant)]
    private static partial Regex DeviceName();
}
