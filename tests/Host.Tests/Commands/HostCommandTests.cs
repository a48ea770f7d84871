using Microsoft.Extensions.DependencyInjection;
using PluginHost.Host.Cli;
using PluginHost.Host.Cli.Commands;
using PluginHost.Host.Plugins.Options;
using PluginHost.Host.Tests.Docs;

namespace PluginHost.Host.Tests.Commands;

/// <summary>What all of the host's own commands have in common.</summary>
public sealed class HostCommandTests
{
    private static readonly List<IHostCommand> commands = Find();

    private static List<IHostCommand> Find()
    {
        using var services = new ServiceCollection().AddHostServices().BuildServiceProvider();
        return [.. services.GetServices<IHostCommand>()];
    }

    [Fact]
    public void They_are_found_by_scanning() => Assert.Superset(
        new HashSet<string>(
            ["run", "benchmark", "check", "predict", "evaluate", "compare", "merge", "import", "export", "doctor", "reference"]),
        commands.Select(c => c.Name).ToHashSet());

    [Fact]
    public void Each_has_its_own_place_in_the_help() => Assert.Equal(commands.Count, commands.Select(c => c.Order).Distinct().Count());

    [Fact]
    public void Every_option_has_a_help_text() => Assert.Empty(
        from command in commands
        from option in OptionProperty.Of(command.Options)
        where option.Help.Length == 0
        select $"{command.Name}: {option.Name}");

    [Fact]
    public void Every_command_has_examples_that_can_be_parsed()
    {
        foreach (var command in commands.Where(c => !c.Hidden))
        {
            Assert.NotEmpty(command.Examples);
            foreach (var example in command.Examples)
            {
                Assert.StartsWith($"host {command.Name}", example);
                Assert.Empty(RealHost.Commands.Parse(example.Split(" > ")[0].Split(' ')[1..]).Errors);
            }
        }
    }
}
