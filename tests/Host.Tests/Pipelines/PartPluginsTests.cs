using PluginHost.Host.Pipelines;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Plugins;

namespace PluginHost.Host.Tests.Pipelines;

/// <summary>A model holds to the plugins it was made with.</summary>
public sealed class PartPluginsTests
{
    private static readonly Offers made = new(("words", "Words", "1.0.0", "aa"), ("wrap", "Wraps", "2.0.0", "bb"));

    private readonly List<string> warned = [];

    private static ModelCard Card => new ModelCard
    {
        Name = "m", Stage = "s", Seed = 1, Precision = Precision.Fp32, BatchTokens = 0, BatchSize = 1, Architecture = new("none"),
        Tokenizer = new("wrap", new Dictionary<string, object?>
        {
            ["inner"] = new Dictionary<string, object?> { ["use"] = "words", ["k"] = 3L }, ["label"] = "words",
        }),
        Objective = new("none"), Heads = new Dictionary<string, ComponentSpec>(),
    }.WithParts(made);

    private ModelCard Pin(params (string, string, string, string)[] now) => PartPlugins.Pin(Card, "FOLDER", new Offers(now), warned.Add);

    [Fact]
    public void It_knows_name_version_and_hash_of_the_plugin_of_each_part() => Assert.Equal(
        [new("tokenizer", "wrap", "Wraps", "2.0.0", "bb", "bb-folder"),
            new("tokenizer", "words", "Words", "1.0.0", "aa", "aa-folder")], Card.Parts);

    [Fact]
    public void The_same_plugins_are_used_without_a_word()
    {
        Assert.Equal("wrap", Pin(("words", "Words", "1.0.0", "aa"), ("wrap", "Wraps", "2.0.0", "bb")).Tokenizer.Use);
        Assert.Empty(warned);
    }

    [Fact]
    public void Where_two_offer_a_name_the_models_own_is_used_inside_others_too()
    {
        var pinned = Pin(("words", "Another", "9.0.0", "zz"), ("words", "Words", "1.0.0", "aa"), ("wrap", "Wraps", "2.0.0", "bb"))
            .Tokenizer;
        Assert.Equal("wrap", pinned.Use);
        Assert.Equal("Words/words", ((IReadOnlyDictionary<string, object?>)pinned.With["inner"]!)["use"]);
        Assert.Equal("words", pinned.With["label"]);
    }

    [Fact]
    public void A_missing_plugin_is_named_with_its_version() => Assert.Contains(
        "the tokenizer 'words' of the plugin Words 1.0.0, which is not here",
        Assert.Throws<PluginException>(() => Pin(("wrap", "Wraps", "2.0.0", "bb"))).Message);

    [Fact]
    public void Another_plugins_component_of_the_name_does_not_take_its_place() => Assert.Contains(
        "that of Another has the same name and is another",
        Assert.Throws<PluginException>(() => Pin(("words", "Another", "1.0.0", "aa"), ("wrap", "Wraps", "2.0.0", "bb"))).Message);

    [Fact]
    public void Another_version_is_told_of_with_both()
    {
        Pin(("words", "Words", "1.1.0", "cc"), ("wrap", "Wraps", "2.0.0", "bb"));
        Assert.Contains("Words 1.0.0 (1.1.0 here)", Assert.Single(warned));
    }

    [Fact]
    public void Other_files_beside_the_dll_are_another_build_too()
    {
        Pin(("words", "Words", "1.0.0", "aa+new"), ("wrap", "Wraps", "2.0.0", "bb"));
        Assert.Contains("other builds of Words 1.0.0:", Assert.Single(warned));
    }

    [Fact]
    public void Locked_it_refuses_what_it_would_tell_of()
    {
        Assert.Contains("--locked: the model in 'FOLDER' was made with other plugins: Words 1.0.0, but 1.1.0 here.",
            Assert.Throws<PluginException>(() => PartPlugins.Pin(Card, "FOLDER",
                new Offers(("words", "Words", "1.1.0", "cc"), ("wrap", "Wraps", "2.0.0", "bb")) { IsLocked = true }, warned.Add)).Message);
        Assert.Contains("does not say which plugins", Assert.Throws<PluginException>(() => PartPlugins.Pin(
            Card with { Parts = null }, "FOLDER", new Offers() { IsLocked = true }, warned.Add)).Message);
        Assert.Equal("wrap", PartPlugins.Pin(Card, "FOLDER",
            new Offers(("words", "Words", "1.0.0", "aa"), ("wrap", "Wraps", "2.0.0", "bb")) { IsLocked = true }, warned.Add).Tokenizer.Use);
        Assert.Empty(warned);
    }

    [Fact]
    public void Another_build_of_the_same_version_is_one_short_note()
    {
        Pin(("words", "Words", "1.0.0", "cc"), ("wrap", "Wraps", "2.0.0", "dd"));
        Assert.Equal(
            "The model was made with other builds of Wraps 2.0.0, Words 1.0.0: the version is the same, the files (SHA-256) are not.",
            Assert.Single(warned));
    }

    /// <summary>Tokenizers on offer: name, plugin, version, hash.</summary>
    private sealed class Offers(params (string Name, string Plugin, string Version, string Hash)[] all) : IComponentFactory
    {
        public IReadOnlyList<ComponentInfo> Components { get; } = [.. all.Select(o =>
            new ComponentInfo(typeof(ITokenizer), o.Name, "", typeof(object),
                new(o.Plugin, $"/{o.Plugin}.dll", o.Version, o.Hash.Split('+')[0], null)
                {
                    FolderSha256 = o.Hash.Split('+') is [var dll] ? dll + "-folder" : "another",
                }))];

        public bool IsLocked { get; init; }

        public IReadOnlyList<ComponentInfo> Offered => Components;

        public IReadOnlyList<PluginInfo> Plugins => [.. Components.Select(c => c.Plugin).Distinct()];

        public T Build<T>(ComponentSpec spec, BuildContext context) where T : class => throw new NotSupportedException();
    }
}
