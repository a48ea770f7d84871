using System.Text.Json;
using PluginHost.PluginKit;
using PluginHost.Plugins.GGram;
using PluginHost.Plugins.KMer;
using PluginHost.Plugins.WholeGGramMasking;

namespace PluginHost.Plugins.Tests.GGram;

/// <summary>k-mers of stride k wrapped by <c>ggram</c>, with a G-gram file of the test's own.</summary>
internal sealed class GGramBench : IDisposable
{
    public GGramBench(int k = 3, int? stride = null, object? extra = null, params IPlugin[] plugins)
    {
        Bench = new([new KMerPlugin(), new GGramPlugin(), new WholeGGramMaskingPlugin(), .. plugins]);
        KMer = new("kmer", new Dictionary<string, object?> { ["k"] = (long)k, ["stride"] = (long)(stride ?? k), ["tail"] = "drop" });
        foreach (var property in extra?.GetType().GetProperties() ?? []) Options[property.Name] = property.GetValue(extra);
    }

    public Workbench Bench { get; }

    public ComponentSpec KMer { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("ggram-tests-").FullName;

    /// <summary>Further options of <c>ggram</c>.</summary>
    public Dictionary<string, object?> Options { get; } = [];

    public string File => Path.Combine(Folder, "g.json");

    /// <summary>Builds the tokenizer on G-grams given as token texts and ids.</summary>
    public ITokenizer Use(IEnumerable<(string Words, int Id)> ggrams)
    {
        var vocab = ggrams.ToDictionary(g => g.Words, g => g.Id);
        return Write(JsonSerializer.Serialize(new { pad_ngram_id = 0, vocab }));
    }

    /// <summary>Builds the tokenizer on G-grams given as token texts, ids from 1.</summary>
    public ITokenizer Use(params string[] ggrams) => Use(ggrams.Select((g, i) => (g, i + 1)));

    /// <summary>Builds the tokenizer on a file with this text.</summary>
    public ITokenizer Write(string json)
    {
        System.IO.File.WriteAllText(File, json);
        return Build();
    }

    /// <summary>Builds the tokenizer on the file as it is.</summary>
    public ITokenizer Build() => Bench.UseTokenizer("ggram", With());

    public static JsonElement Golden(string name) =>
        JsonDocument.Parse(System.IO.File.ReadAllText(
            Path.Combine(RealData.Root, "tests", "Plugins.Tests", "Golden", "ggram", $"{name}.json"))).RootElement;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private object With() => new
    {
        tokenizer = KMer,
        vocabulary = File,
        maxGGrams = Options.GetValueOrDefault("maxGGrams"),
        order = Options.GetValueOrDefault("order") ?? "position",
        repeats = Options.GetValueOrDefault("repeats") ?? "separate",
    };
}
