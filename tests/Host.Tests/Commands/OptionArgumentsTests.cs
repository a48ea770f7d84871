using System.CommandLine;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using PluginHost.Host.Cli.Commands.Options;

namespace PluginHost.Host.Tests.Commands;

/// <summary>An options class becomes the arguments and options of a command, and what is given comes back bound.</summary>
public sealed class OptionArgumentsTests
{
    private static (CutOptions? Options, string Error) Cut(params string[] line)
    {
        var command = new RootCommand();
        var arguments = new OptionArguments(command, typeof(CutOptions));
        var parsed = command.Parse(line);
        if (parsed.Errors.Count > 0) return (null, string.Join('\n', parsed.Errors.Select(e => e.Message)));
        try
        {
            return ((CutOptions)arguments.Bind(parsed, "host cut"), "");
        }
        catch (UsageException wrong)
        {
            return (null, wrong.Message);
        }
    }

    private static string Help()
    {
        var command = new RootCommand();
        _ = new OptionArguments(command, typeof(CutOptions));
        var text = new StringWriter { NewLine = "\n" };
        command.Parse(["--help"]).Invoke(new InvocationConfiguration { Output = text });
        return text.ToString();
    }

    [Fact]
    public void What_is_not_given_keeps_its_default()
    {
        var options = Cut("a.fa", "--output", "o").Options!;

        Assert.Equal(("a.fa", null, "o", 3, false), (options.Input, options.Also, options.Output, options.Width, options.DryRun));
        Assert.Equal((Ends.Skip, 0, 0), (options.Ends, options.Seeds.Count, options.Set.Count));
    }

    [Fact]
    public void Short_names_stand_for_long_ones() => Assert.Equal("o", Cut("a.fa", "-o", "o").Options!.Output);

    [Fact]
    public void An_argument_may_follow_a_flag_and_a_list()
    {
        var options = Cut("--dry-run", "--set", "x=1", "a.fa", "--set", "y=2,3", "b.fa", "-o", "o").Options!;

        Assert.Equal(("a.fa", "b.fa", true), (options.Input, options.Also, options.DryRun));
        Assert.Equal(["x=1", "y=2,3"], options.Set);
    }

    [Fact]
    public void A_flag_may_be_turned_off() => Assert.False(Cut("a.fa", "-o", "o", "--dry-run", "false").Options!.DryRun);

    [Fact]
    public void Several_values_follow_one_name_and_commas_separate_them() =>
        Assert.Equal([1UL, 2, 3, 4], Cut("a.fa", "-o", "o", "--seeds", "1,2", "3", "--seeds", "4").Options!.Seeds);

    [Theory]
    [InlineData("Option '--output' is required.", "a.fa")]
    [InlineData("Required argument 'FILE' missing", "-o", "o")]
    [InlineData("--width: must be 1 to 9, but is 12.\n'host cut --help' shows what there is.", "a.fa", "-o", "o", "--width", "12")]
    [InlineData("--width is given 2 times; it takes one value.", "a.fa", "-o", "o", "--width", "1", "--width", "2")]
    [InlineData("--ends: must be one of skip, keep-all, but is 'skp' (did you mean 'skip'?).", "a.fa", "-o", "o", "--ends", "skp")]
    [InlineData("--seeds: must be a whole number, but is 'x'.", "a.fa", "-o", "o", "--seeds", "1,x")]
    [InlineData("--resamples: must be 0, or 100 to 1000, but is 5.", "a.fa", "-o", "o", "--resamples", "5")]
    [InlineData("--device: must be auto, cpu or cuda:N (for example cuda:0), but is 'gpu'.", "a.fa", "-o", "o", "--device", "gpu")]
    public void What_is_wrong_is_named_by_its_option(string message, params string[] line) => Assert.Contains(message, Cut(line).Error);

    [Fact]
    public void The_help_shows_names_limits_and_defaults()
    {
        var help = string.Join('\n', Help().Split('\n')
            .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))));

        Assert.Contains("<FILE> [<SECOND>] [options]", help);
        Assert.Contains("\n-o, --output <DIR> (REQUIRED) The folder.\n", help);
        Assert.Contains("\n--width <WIDTH> Bases. [whole number; 1 to 9; default: 3]\n", help);
        Assert.Contains("\n--ends <skip|keep-all> Ends. [default: skip]\n", help);
        Assert.Contains("\n--dry-run Writes nothing.\n", help);
        Assert.Contains("\n--seeds <SEEDS> Seeds. [list of whole numbers]\n", help);
    }

    [Fact]
    public void Only_a_tools_options_are_also_spelt_as_in_pipelines()
    {
        var (host, tool) = (new Command("host"), new Command("tool"));
        _ = new OptionArguments(host, typeof(CutOptions));
        _ = new OptionArguments(tool, typeof(CutOptions), alsoCamelCase: true);

        Assert.DoesNotContain("--dryRun", host.Options.SelectMany(o => o.Aliases));
        Assert.Contains("--dryRun", tool.Options.SelectMany(o => o.Aliases));
    }

    public enum Ends
    {
        Skip,
        KeepAll,
    }

    private sealed class CutOptions
    {
        [Required, Positional("FILE"), Description("What is cut.")] public string Input { get; set; } = "";
        [Positional("SECOND"), Description("This too.")] public string? Also { get; set; }
        [Required, Description("The folder."), ValueName("DIR"), ShortName("-o")] public string? Output { get; set; }
        [Range(1, 9), Description("Bases.")] public int Width { get; set; } = 3;
        [Description("Ends.")] public Ends Ends { get; set; }
        [Description("Writes nothing.")] public bool DryRun { get; set; }
        [Several(Commas = true), Description("Seeds.")] public IReadOnlyList<ulong> Seeds { get; set; } = [];
        [Description("Overrides.")] public IReadOnlyList<string> Set { get; set; } = [];
        [ZeroOr(100, 1000), Description("Resamples.")] public int Resamples { get; set; }
        [Device, Description("Device.")] public string Device { get; set; } = "auto";
    }
}
