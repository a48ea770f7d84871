using PluginHost.Host.Tests.Plugins;

namespace PluginHost.Host.Tests.Commands;

/// <summary>A command that a plugin brings along: the host only dispatches.</summary>
public sealed class ToolCommandTests : IDisposable
{
    private readonly FixtureFolder folder = new();

    public ToolCommandTests() => folder.Add("Greeter");

    public void Dispose() => folder.Dispose();

    private (int Code, string Output, string Error) Greet(params string[] arguments) =>
        HostProcess.Run(["people", "greet", "--plugins", folder.Path, .. arguments]);

    [Fact]
    public void Its_options_are_the_commands_options() => Assert.Equal(
        (0, "HELLO ANN\nHELLO 7\nHELLO BEN\nHELLO ANN\nHELLO 7\nHELLO BEN\n", "greeting\n"),
        Greet("--name", "Ann", "--times", "2", "--shout", "--and-also", "7", "--andAlso", "Ben"));

    [Fact]
    public void Nested_components_are_written_as_in_a_pipeline() =>
        Assert.Contains("higher is better: True", Greet("--name", "Ann", "--figure", "{ use: mcc }").Output);

    [Theory]
    [InlineData("host: Option '--name' is required.")]
    [InlineData("host: --times: must be 1 to 3, but is 9.", "--name", "Ann", "--times", "9")]
    [InlineData("host: --times: must be a whole number, but is 'x'.", "--name", "Ann", "--times", "x")]
    [InlineData("host: --name is given 2 times; it takes one value.", "--name", "Ann", "--name", "Ben")]
    [InlineData("host: unknown option '--nome' (did you mean '--name'?).", "--nome", "Ann")]
    public void Wrong_options_end_with_2(string message, params string[] arguments)
    {
        var (code, output, error) = Greet(arguments);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(message, error);
    }

    [Fact]
    public void It_stands_in_the_help()
    {
        Assert.Contains("Commands for people, from plugins:", HostProcess.Run("--help", "--plugins", folder.Path).Output);
        Assert.Matches(@"--name <NAME> \(REQUIRED\) +Who\.\n", Greet("--help").Output);
        Assert.Matches(@"--times <TIMES> +How often\. \[whole number; 1 to 3; default: 1\]\n", Greet("--help").Output);
    }
}
