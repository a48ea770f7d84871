using System.Text.Json.Nodes;
using PluginHost.PluginKit;
using PluginHost.Plugins.Bpe;
using PluginHost.Plugins.Bpe.Training;

namespace PluginHost.Plugins.Tests.Bpe;

/// <summary>Ids and merges equal those of Hugging Face's tokenizers 0.23.2, as recorded by Golden/bpe/make_golden.js.</summary>
public sealed class HuggingFaceTests
{
    private static readonly JsonNode golden =
        JsonNode.Parse(File.ReadAllText(Path.Combine(RealData.Root, "tests", "Plugins.Tests", "Golden", "bpe", "huggingface.json")))!;

    private static readonly string shipped = Path.Combine(RealData.Root, "samples", "tokenizers", "fly_bpe_1024.json");

    [Fact]
    public void Ids_of_1000_sequences_with_the_shipped_vocabulary() =>
        AreEqual(golden["fly"]!, new Workbench(new BpePlugin()).UseTokenizer("bpe", new { vocab = shipped }));

    [Fact]
    public void Ids_of_1000_sequences_with_the_published_vocabulary() => AreEqual(golden["published"]!, PublishedBpe.Tokenizer());

    [Fact]
    public void Merges_of_a_training_run()
    {
        var text = new TrainingText(1 << 20);
        foreach (var stretch in GoldenSequences.Stretches().Where(s => !s.Contains('N'))) text.Add(stretch);
        var theirs = golden["merges"]!.GetValue<string>().Split('|');
        Assert.Equal(1500, theirs.Length);
        Assert.Equal(theirs, new BpeTrainer(text, theirs.Length).Run().Select(m => $"{m.Left} {m.Right}"));
    }

    [Fact]
    public void Training_on_the_sample_genome_gives_the_shipped_vocabulary()
    {
        var text = new TrainingText(10_000_000);
        var window = new BpeTrainOptions().Window;
        foreach (var record in GoldenSequences.Records())
            for (var start = 0; start < record.Length; start += window)
                text.Add(record.AsSpan(start, Math.Min(window, record.Length - start)));
        Assert.Equal(TokenizerFile.Read(shipped).Merges, new BpeTrainer(text, 1015).Run());
    }

    private static void AreEqual(JsonNode expected, ITokenizer tokenizer)
    {
        var sequences = GoldenSequences.All();
        var ids = sequences.Select(s => tokenizer.Encode(new("x", s), new()).Ids).ToList();
        Assert.Equal(1000, ids.Count);
        for (var i = 0; i < 4; i++) Assert.Equal(expected["first"]![i]!.AsArray().Select(id => id!.GetValue<int>()), ids[498 + i]);
        Assert.Equal(expected["hashes"]!.GetValue<string>().Split(' '), ids.Select(GoldenSequences.Hash));
        Assert.Equal(expected["tokens"]!.GetValue<int>(), ids.Sum(one => one.Length));
        for (var i = 0; i < ids.Count; i++)
            if (!sequences[i].Contains('N')) Assert.Equal(sequences[i], tokenizer.Decode(ids[i]));
    }
}
