using PluginHost.Host.Cli.Commands.PluginCommands;
using PluginHost.Host.Models;
using PluginHost.Host.Plugins;
using PluginHost.Host.Tests.Docs;
using PluginHost.Host.Tests.Pipelines;
using PluginHost.Host.Tests.Plugins;

namespace PluginHost.Host.Tests.Commands;

/// <summary>docs/reference.md is what the code says.</summary>
public sealed class ReferenceTests
{
    private static readonly Lazy<string> page = new(() => ReferencePage.Of(RealHost.Components.Components));

    [Fact]
    public void The_committed_page_is_current()
    {
        var file = Path.Combine(Repository.Root, "docs", "reference.md");
        if (Environment.GetEnvironmentVariable("PLUGINHOST_APPROVE") == "1") File.WriteAllText(file, page.Value);

        Assert.True(File.ReadAllText(file) == page.Value,
            "docs/reference.md is not current: './host.sh reference > docs/reference.md' writes it, as does PLUGINHOST_APPROVE=1.");
    }

    [Fact]
    public void The_command_prints_the_page() => Assert.Equal((0, page.Value, ""), HostProcess.Run("reference"));

    [Fact]
    public void Every_option_and_component_has_a_text()
    {
        Assert.DoesNotContain(page.Value.Split('\n'), line => line.EndsWith("|  |", StringComparison.Ordinal));
        Assert.DoesNotContain(page.Value.Split('\n'), line => line.StartsWith(" From ", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_kind_that_is_offered_has_a_section_and_every_component_a_heading()
    {
        foreach (var component in RealHost.Components.Components)
            Assert.Contains($" `{component.Name}`\n\n{component.Summary} From ", page.Value);
    }

    [Fact]
    public void A_component_that_nobody_wrote_about_has_its_table()
    {
        var text = ReferencePage.Of(FakeCatalog.Factory().Components);

        Assert.Contains("\n## Tokenizers\n", text);
        Assert.Contains("\n### Tokenizer `words`\n", text);
        Assert.Contains("| `k` | whole number | 6 | 1 to 8 |  |\n", text);
    }

    [Fact]
    public void Options_within_lists_are_listed()
    {
        var catalog = new Catalog();
        catalog.Register(SomePlugin.Info, c => c.Add<ITool, ListOptions>("cut", (_, _) => null!, "Cuts."));

        var text = ReferencePage.Of(new ComponentFactory(() => catalog).Components);

        Assert.Contains("| `parts[].width` | whole number | 3 |  | Bases. |\n", text);
        Assert.Contains("| `input` (argument FILE) |", text);
        Assert.Contains("`host cut FILE`, for example\n\n```\nhost cut a.fa\n```\n", text);
    }

    [Example("host cut a.fa")]
    private sealed class ListOptions
    {
        [Positional("FILE")] public string Input { get; set; } = "";
        public IReadOnlyList<Part> Parts { get; set; } = [];
    }

    private sealed class Part
    {
        [System.ComponentModel.Description("Bases.")] public int Width { get; set; } = 3;
    }
}
