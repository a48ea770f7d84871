using PluginHost.Host.Foundation.Documents;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Stages;

namespace PluginHost.Host.Tests.Docs;

/// <summary>Every YAML block of the documentation is a pipeline, or fits into the one that docs/pipelines.md begins with.</summary>
public sealed class PipelineSnippetTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-").FullName;

    public static TheoryData<string> Blocks => [.. Yaml.Select(b => b.ToString())];

    /// <summary>Those of the guide that need nothing but what is in the checkout.</summary>
    public static TheoryData<string> Guide =>
        [.. Yaml.Where(b => b.Page == Whole.Page && !b.Text.Contains("runs/", StringComparison.Ordinal)).Select(b => b.ToString())];

    // What asks for plugins that a reader has is not to be read without them.
    private static IEnumerable<Block> Yaml => Page.All.SelectMany(p => p.Blocks)
        .Where(b => b.Language == "yaml" && !b.Text.StartsWith("plugins:", StringComparison.Ordinal));

    private static Block Whole => Yaml.First(b => b.Page.Name == "docs/pipelines.md");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_pipeline_is_read_with_every_option(string place)
    {
        var file = Written(Yaml.Single(b => b.ToString() == place));

        RealHost.Pipelines.Read(file);
        RealHost.Pipelines.ReadVariants(file);
    }

    [Theory]
    [MemberData(nameof(Guide))]
    public async Task What_the_guide_shows_is_sound(string place)
    {
        var file = Written(Yaml.Single(b => b.ToString() == place));
        var versions = RealHost.Pipelines.ReadVariants(file);

        foreach (var pipeline in versions.Count > 0 ? versions.Select(v => v.Pipeline).Take(3) : [RealHost.Pipelines.Read(file)])
        {
            var code = await RealHost.Runner.CheckAsync(pipeline, new RunRequest(null, "cpu", null), TestContext.Current.CancellationToken);
            Assert.Equal(0, code);
        }
    }

    [Fact]
    public void A_wrong_option_would_be_found()
    {
        var wrong = Whole with { Text = "data: { use: fasta, windwo: 12 }\n" };

        Assert.Contains("unknown option 'windwo'", Assert.Throws<UsageException>(() => RealHost.Pipelines.Read(Written(wrong))).Message);
    }

    /// <summary>A file with the block, made whole.</summary>
    private string Written(Block block)
    {
        var whole = (MapNode)YamlDocument.Parse(Whole.ToString(), Whole.Text);
        var part = YamlDocument.Parse(block.ToString(), block.Text);
        var document = part switch
        {
            MapNode map when map["stages"] is not null => map,
            MapNode map => Put(whole, map),
            ListNode list => Added(whole, list),
            _ => throw new InvalidOperationException($"{block} is neither a map nor a list."),
        };
        if (block.Page == Whole.Page)
            document.Set("pathRoots", new ListNode(document.Place, [new ScalarNode(document.Place, Repository.Root, Quoted: true)]));
        var file = Path.Combine(folder, "p.yaml");
        File.WriteAllText(file, YamlWriter.Write(document));
        return file;
    }

    /// <summary>Keys of the top level stand there; any others are those of the pipeline's finetune stage.</summary>
    private static MapNode Put(MapNode whole, MapNode part)
    {
        var top = part.Entries.All(e => PipelineKeys.Top.Any(k => k.Name == e.Key));
        var stage = (MapNode)((ListNode)whole["stages"]!).Items.OfType<MapNode>().Select(m => m["finetune"]).First(m => m is not null)!;
        foreach (var (key, value) in part.Entries)
        {
            // Options without a name are changes of the starting model's own, which here is the pipeline's.
            if (top && value is MapNode options && whole[key] is MapNode own && options[SpecNodes.Use] is null)
                foreach (var (option, changed) in options.Entries) own.Set(option, changed);
            else (top ? whole : stage).Set(key, value);
        }
        return whole;
    }

    private static MapNode Added(MapNode whole, ListNode stages)
    {
        ((ListNode)whole["stages"]!).Items.AddRange(stages.Items);
        return whole;
    }
}
