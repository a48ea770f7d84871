using PluginHost.PluginKit;
using PluginHost.Plugins.Bpe;

namespace PluginHost.Plugins.Tests.Bpe;

/// <summary>The published DNABERT-2 vocabulary, where ../shared/data holds it.</summary>
internal static class PublishedBpe
{
    private static ITokenizer? tokenizer;

    public static string Path { get; } =
        System.IO.Path.Combine(RealData.Root, "..", "shared", "data", "dnabert2_tokenizer", "tokenizer.json");

    public static ITokenizer Tokenizer()
    {
        Assert.SkipUnless(File.Exists(Path), "../shared/data/dnabert2_tokenizer is not here.");
        return tokenizer ??= new Workbench(new BpePlugin()).UseTokenizer("bpe", new { vocab = Path });
    }
}
