using PluginHost.Host.Cli.Commands.PluginCommands;
using PluginHost.Host.Plugins.Templates;
using PluginHost.Host.Tests.Docs;

namespace PluginHost.Host.Tests.Plugins.Templates;

/// <summary>What a new plugin begins as, for every kind alone.</summary>
public sealed class PluginTemplateTests
{
    private static readonly PluginTemplate template = PluginTemplate.Read();

    public static TheoryData<string> Kinds => [.. template.Kinds];

    [Fact]
    public void The_command_and_dotnet_new_know_the_same_kinds() =>
        Assert.Equal(Enum.GetNames<NewKind>().Select(k => k.ToLowerInvariant()), template.Kinds);

    [Fact]
    public void Nothing_is_left_of_the_words_that_stood_for_others()
    {
        var files = template.Instantiate("Codons", [.. template.Kinds], "/opt/a&b/app");

        Assert.All(files, file => Assert.DoesNotMatch("MyPlugin|my-plugin|/path/of/the/host|#if|#else|#endif", file.Key + file.Value));
        Assert.Contains("<PluginHost Condition=\"'$(PluginHost)' == ''\">/opt/a&amp;b/app</PluginHost>", files["Directory.Build.props"]);
        Assert.Contains("Codons/Entry.cs", files.Keys);
        Assert.Contains(".vscode/launch.json", files.Keys);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_alone_has_its_component_and_its_tests_and_no_others(string kind)
    {
        var files = template.Instantiate("Codons", [kind], "/opt/host");
        var all = template.Instantiate("Codons", [.. template.Kinds], "/opt/host");

        Assert.Equal(2, files.Keys.Count(f => f.StartsWith("Codons/", StringComparison.Ordinal)
            && f.EndsWith(".cs", StringComparison.Ordinal)));
        Assert.Single(files.Keys, f => f.StartsWith("Codons.Tests/", StringComparison.Ordinal)
            && f.EndsWith(".cs", StringComparison.Ordinal) && f != "Codons.Tests/ContractTests.cs");
        Assert.True(files.Keys.Order().SequenceEqual(all.Keys.Where(files.ContainsKey).Order()));
        Assert.Single(files["Codons/Entry.cs"].Split("catalog.Add<").Skip(1));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_alone_compiles_without_a_warning(string kind)
    {
        var code = template.Instantiate("Codons", [kind], "/opt/host")
            .Where(f => f.Key.StartsWith("Codons/", StringComparison.Ordinal) && f.Key.EndsWith(".cs", StringComparison.Ordinal))
            .Select(f => (f.Value, f.Key)).ToList();

        Assert.Empty(Snippets.Complaints(code));
    }

    [Fact]
    public void Blocks_are_shown_as_the_kinds_say() => Assert.Equal("a\nb\nd\n",
        TemplateCondition.Filter("a\n//#if (tool)\nb\n//#else\nc\n//#endif\n#if (!tool)\nx\n#else\nd\n#endif\n"
            + "<!--#if (head)-->\ny\n<!--#endif-->\n", ["tool"]));

    [Fact]
    public void A_condition_of_another_form_is_refused() =>
        Assert.Throws<FormatException>(() => TemplateCondition.Parse("(tool && head)"));
}
