using System.Text.RegularExpressions;
using PluginHost.Host.Cli;

namespace PluginHost.Host.Tests.Architecture;

/// <summary>A file of the host uses its own floor and those below it, never one above.</summary>
public sealed partial class FloorTests
{
    private static readonly System.Reflection.Assembly host = typeof(Host.Cli.HostProgram).Assembly;

    [Fact]
    public void No_arrow_of_the_compiled_host_goes_upwards() => Assert.Empty(Floors.Forbidden(host));

    [Fact]
    public void No_using_line_of_the_host_goes_upwards() => Assert.Empty(
        from file in Sources()
        from @using in Usings().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value)
        where Floors.IsForbidden(Namespace(file), @using)
        select $"{Path.GetRelativePath(Repository.Root, file)} -> {@using}");

    [Fact]
    public void Every_file_is_on_a_floor_and_in_the_namespace_of_its_folder() => Assert.Empty(
        from file in Sources()
        let declared = Declared().Match(File.ReadAllText(file))
        where Path.GetFileName(file) != "Program.cs"
            && (declared.Groups[1].Value != Namespace(file) || Floors.FloorOf(Namespace(file)) is null)
        select $"{Path.GetRelativePath(Repository.Root, file)}: {declared.Groups[1].Value}");

    [Fact]
    public void An_arrow_that_is_planted_is_found()
    {
        var found = Floors.Forbidden(host, typeof(FloorTests).Assembly);
        Assert.Equal(["PluginHost.Host.Foundation.Planted.Low -> PluginHost.Host.Stages.ToolStage",
            "PluginHost.Host.Training.Planted.Beside -> PluginHost.Host.Scoring.MetricSet"], found);
    }

    [Theory]
    [InlineData("PluginHost.Host.Records.Json", "PluginHost.Host.Foundation.Failure", false)]
    [InlineData("PluginHost.Host.Records.Json", "PluginHost.Host.Plugins.Catalog", true)]
    [InlineData("PluginHost.Host.Training.Trainer", "PluginHost.Host.Scoring.Scorer", true)]
    [InlineData("PluginHost.Host.Scoring.Scorer", "PluginHost.Host.Scoring.MetricSet", false)]
    [InlineData("PluginHost.Host.Scoring.Scorer", "System.String", false)]
    public void Arrows_go_downwards(string from, string to, bool forbidden) => Assert.Equal(forbidden, Floors.IsForbidden(from, to));

    [Fact]
    public void Plugins_and_libraries_know_neither_the_host_nor_another_plugin()
    {
        var plugins = Directory.GetFiles(Path.Combine(Repository.Root, "plugins"), "*.csproj", SearchOption.AllDirectories);
        var libs = Directory.GetFiles(Path.Combine(Repository.Root, "libs"), "*.csproj", SearchOption.AllDirectories);
        Assert.NotEmpty(plugins);
        Assert.Empty(
            from project in plugins.Concat(libs)
            from reference in References().Matches(File.ReadAllText(project)).Select(m => m.Groups[1].Value.Replace('\\', '/'))
            where !reference.Contains(project.Contains("/libs/", StringComparison.Ordinal) ? "../" : "/libs/", StringComparison.Ordinal)
                || reference.Contains("/plugins/", StringComparison.Ordinal) || reference.Contains("Host", StringComparison.Ordinal)
            select $"{Path.GetFileName(project)} -> {reference}");
    }

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "Host"), "*.cs", SearchOption.AllDirectories);

    private static string Namespace(string file) =>
        "PluginHost." + Path.GetDirectoryName(Path.GetRelativePath(Repository.Root, file))!.Replace(Path.DirectorySeparatorChar, '.');

    [GeneratedRegex(@"^using (?:static )?(PluginHost\.Host[\w.]*);", RegexOptions.Multiline)]
    private static partial Regex Usings();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Declared();

    [GeneratedRegex("ProjectReference Include=\"([^\"]+)\"")]
    private static partial Regex References();
}
