using PluginHost.Host.Plugins.Templates;

namespace PluginHost.Host.Tests.Docs;

/// <summary>The pages for plugin authors show files that other tests build and run, as they are.</summary>
public sealed class PluginPageTests
{
    private static readonly Lazy<HashSet<string>> built = new(() =>
    [
        .. new[] { "templates/plugin", "samples/plugins" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Select(File.ReadAllText),
    ]);

    public static TheoryData<string> Kinds => [.. PluginTemplate.Read().Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_has_a_page_with_its_example_what_is_checked_and_traps(string kind)
    {
        var page = Page.All.Single(p => p.Name == $"docs/plugins/{kind}.md");

        Assert.Equal(["## Example", "## What the host checks", "## Traps"],
            page.Lines.Where(l => l.StartsWith("## ", StringComparison.Ordinal)));
        var code = Assert.Single(page.Blocks, b => b.Language == "csharp");
        var files = PluginTemplate.Read().Instantiate("MyPlugin", [kind], "/path/of/the/host");
        var shown = Assert.Single(files, f => f.Value == code.Text).Key;
        Assert.Equal($"`{shown}`", page.Lines[code.Line - 3]);
        var entry = Assert.Single(page.Blocks, b => b.Text.StartsWith("catalog.Add<", StringComparison.Ordinal));
        Assert.Contains(Plain(entry.Text), Plain(files["MyPlugin/Entry.cs"]));
        Assert.Contains($"(plugins/{kind}.md)", string.Concat(Page.All.Single(p => p.Name == "docs/plugins.md").Lines));
    }

    [Fact]
    public void Every_file_that_a_page_for_authors_shows_is_one_that_is_built() => Assert.Empty(
        from page in Page.All
        where page.Name.StartsWith("docs/plugins", StringComparison.Ordinal)
        from block in page.Blocks
        where block.Language == "csharp" && !built.Value.Contains(block.Text)
        select block.ToString());

    private static string Plain(string code) => string.Join(' ', code.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
