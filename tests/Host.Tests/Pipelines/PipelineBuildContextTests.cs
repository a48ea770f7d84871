using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;
using PluginHost.Host.Tests.Plugins;
using PluginHost.Libs.Genomics.Leakage;

namespace PluginHost.Host.Tests.Pipelines;

public sealed class PipelineBuildContextTests
{
    private int built;

    private PipelineBuildContext Context(ComponentSpec? tokenizer, string? saved = null)
    {
        var catalog = new Catalog();
        catalog.Register(SomePlugin.Info, c =>
        {
            c.Add<ITokenizer, NoOptions>("counted", (_, _) => new Letters(++built), "");
            c.Add<ITokenizer, NoOptions>("selfish", (_, context) => context.Tokenizer, "");
            c.Add<ITokenizer, Nest>("outer", (o, context) => context.Build<ITokenizer>(o.Inner!), "");
        });
        return new PipelineBuildContext(new ComponentFactory(() => catalog), tokenizer, null, PathSearch.WorkingDirectory, saved);
    }

    private sealed class Nest
    {
        public ComponentSpec? Inner { get; set; }
    }

    private sealed class Letters(int number) : ITokenizer
    {
        public int Number => number;
        public Vocabulary Vocabulary { get; } = new(["[PAD]"], ["[PAD]"]);
        public EncodedSequence Encode(Sample sample, EncodeContext context) => throw new NotSupportedException();
        public string Decode(ReadOnlySpan<int> ids) => throw new NotSupportedException();
        public IReadOnlyList<string> Save(string folder) => [];
    }

    [Fact]
    public void The_tokenizer_is_built_when_first_asked_for_and_once()
    {
        var context = Context(new("counted"));
        Assert.Equal(0, built);
        Assert.Same(context.Tokenizer, context.Tokenizer);
        Assert.Equal(1, built);
        Assert.Same(context.Tokenizer, context.WithFreshBackbone().Tokenizer);
    }

    [Fact]
    public void Nested_components_are_built_with_their_own_options()
    {
        var spec = new ComponentSpec("outer", new Dictionary<string, object?> { ["inner"] = new ComponentSpec("counted") });
        Assert.IsType<Letters>(Context(spec).Tokenizer);
        var wrong = new ComponentSpec("outer", new Dictionary<string,
            object?>
        { ["inner"] = new Dictionary<string, object?> { ["use"] = "countd" } });
        Assert.Contains("did you mean 'counted'?", Assert.Throws<UsageException>(() => Context(wrong).Tokenizer).Message);
    }

    [Fact]
    public void Nested_components_find_their_own_saved_files()
    {
        var folder = Directory.CreateTempSubdirectory("saved-").FullName;
        File.WriteAllText(Path.Combine(folder, "a.b.vocab.txt"), "");
        File.WriteAllText(Path.Combine(folder, "vocab.txt"), "");
        var asked = new List<string?>();
        var catalog = new Catalog();
        catalog.Register(SomePlugin.Info, c =>
        {
            c.Add<ITokenizer, NoOptions>("inner", (_, context) => Ask(context), "");
            c.Add<ITokenizer,
                NoOptions>("middle", (_, context) => { Ask(context); return context.Build<ITokenizer>(new("inner"), "b."); }, "");
            c.Add<ITokenizer,
                NoOptions>("outer", (_, context) => { Ask(context); return context.Build<ITokenizer>(new("middle"), "a."); }, "");
        });
        Assert.NotNull(new PipelineBuildContext(new ComponentFactory(() => catalog), new("outer"), null, PathSearch.WorkingDirectory,
            folder).Tokenizer);
        Assert.Equal(["vocab.txt", null, "a.b.vocab.txt"], asked);
        Directory.Delete(folder, recursive: true);

        Letters Ask(BuildContext context)
        {
            asked.Add(Path.GetFileName(context.SavedFile("vocab.txt")));
            return new(0);
        }
    }

    [Fact]
    public void What_is_not_named_or_contains_itself_is_said()
    {
        Assert.Contains("The pipeline names no tokenizer", Assert.Throws<UsageException>(() => Context(null).Tokenizer).Message);
        Assert.Contains("The pipeline names no architecture", Assert.Throws<UsageException>(() => Context(null).Backbone).Message);
        Assert.Contains("it would contain itself", Assert.Throws<PluginException>(() => Context(new("selfish")).Tokenizer).Message);
    }

    [Fact]
    public void Saved_files_are_found_by_plain_names_only()
    {
        var folder = Directory.CreateTempSubdirectory("pluginhost-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "vocab.txt"), "");
            Assert.Equal(Path.Combine(folder.FullName, "vocab.txt"), Context(null, folder.FullName).SavedFile("vocab.txt"));
            Assert.Null(Context(null, folder.FullName).SavedFile("other.txt"));
            Assert.Null(Context(null).SavedFile("vocab.txt"));
            Assert.Throws<PluginException>(() => Context(null, folder.FullName).SavedFile("../vocab.txt"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
