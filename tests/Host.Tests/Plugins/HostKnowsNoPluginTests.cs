using System.Text.RegularExpressions;
using PluginHost.Checkpoints;
using PluginHost.Host.Foundation;
using PluginHost.Host.Plugins;
using PluginHost.Host.Tests.Checkpoints;

namespace PluginHost.Host.Tests.Plugins;

/// <summary>The host offers no component and knows none by name.</summary>
public sealed partial class HostKnowsNoPluginTests
{
    /// <summary>Names of components that are also words of the host's own, and what they say there.</summary>
    private static readonly Dictionary<string, string> ordinary = new()
    {
        ["loss"] = "a key of metrics.jsonl and a column of tables: what training minimises",
        ["perplexity"] = "a column of tables: e to the mean loss of a token",
        ["precision"] = "a key of run.json: of numbers, fp32 or bf16",
    };

    /// <summary>Kinds whose components are named after what they do and not by words of everyday language.</summary>
    private static readonly Type[] told =
        [typeof(ITokenizer), typeof(Backbone), typeof(IObjective), typeof(Head), typeof(ICheckpointLayout)];

    private static readonly string[] csharpWords = ["byte", "Byte"];

    private static Catalog Catalog => RealComponents.Factory.Catalog;

    private static IEnumerable<string> Names =>
        Catalog.Offers.Select(o => o.Info.Name).Concat(Catalog.Plugins.Select(p => p.Name)).Distinct();

    [Fact]
    public void Every_plugin_loads_and_the_host_offers_nothing_beside_them()
    {
        Assert.NotEmpty(Catalog.Offers);
        Assert.All(Catalog.Plugins, p => Assert.Null(p.Failure));
        Assert.All(Catalog.Offers, o => Assert.Contains(o.Info.Plugin, Catalog.Plugins));
    }

    [Fact]
    public void No_text_in_the_hosts_sources_is_the_name_of_a_component()
    {
        var names = Names.ToHashSet();
        var found =
            from file in Sources()
            from text in Texts(file.Code)
            from name in names
            where !ordinary.ContainsKey(name) && (text == name || Quoted(text, name))
            select $"{file.Name}: {name} in \"{text}\"";
        Assert.Empty(found);
    }

    [Fact]
    public void Every_exception_is_one()
    {
        var texts = Sources().SelectMany(f => Texts(f.Code)).ToHashSet();
        Assert.All(ordinary.Keys, name => Assert.True(Names.Contains(name) && texts.Contains(name), name));
    }

    [Fact]
    public void No_name_that_is_no_everyday_word_occurs_even_in_a_comment()
    {
        // A name that is also a word of C# counts where it is written as text.
        string Written(string name) => csharpWords.Contains(name) ? $"\"{name}\"" : Regex.Escape(name);
        var offers = Catalog.Offers.Where(o => told.Contains(o.Info.Kind)).ToList();
        var names = offers.Select(o => o.Info.Name).Concat(offers.Select(o => o.Info.Plugin.Name)).Distinct().Select(Written);
        var pattern = new Regex($@"(?<![\w-])({string.Join('|', names)})(?![\w-])");
        Assert.Empty(from file in Sources() from match in pattern.Matches(file.Code) select $"{file.Name}: {match.Value}");
    }

    [Theory]
    [InlineData("x = \"mcc\";", "mcc")]
    [InlineData("throw new($\"read it with 'use: mcc' or 'mcc'\");", "mcc")]
    [InlineData("/* 1 */ var s = \"\"\"\n{ \"use\": \"mcc\" }\n\"\"\";", "mcc")]
    public void Such_a_text_would_be_found(string code, string name) =>
        Assert.Contains(Texts(code), text => text == name || Quoted(text, name));

    private static bool Quoted(string text, string name) =>
        Regex.IsMatch(text, $@"['`""]((use|metric|data|tokenizer): )?{Regex.Escape(name)}['`""]");

    /// <summary>The string literals of a source file, raw ones too; comments are passed over.</summary>
    private static IEnumerable<string> Texts(string code) =>
        Literal().Matches(code).Where(m => m.Value.StartsWith('"')).Select(m => m.Value.Trim('"'));

    private static IEnumerable<(string Name, string Code)> Sources() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "Host"), "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(Repository.Root, file), File.ReadAllText(file)));

    [GeneratedRegex(@"//[^\n]*|/\*[\s\S]*?\*/|'(?:[^'\\\n]|\\.)'|""{3}[\s\S]*?""{3}|""(?:[^""\\\n]|\\.)*""")]
    private static partial Regex Literal();
}
