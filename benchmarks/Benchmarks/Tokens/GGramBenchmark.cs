using System.Diagnostics;
using System.Runtime.InteropServices;
using PluginHost.PluginKit;
using PluginHost.Plugins.Bpe;
using PluginHost.Plugins.GGram;

namespace PluginHost.Benchmarks;

/// <summary>
/// G-gram extraction and matching on the sample genome's tokens (byte pairs, 1,024 of them), on one core, against Python's Counter and a
/// dictionary of tuples looked up at every place, as ZEN and DNAZEN do. The vocabulary matched has as many G-grams as DNAZEN's. Both
/// sides are timed in processor seconds.
/// </summary>
internal static class GGramBenchmark
{
    private const int Published = 162_707;
    private const int Copies = 10;

    public static void Run(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("ggram-benchmark-").FullName;
        try
        {
            var (corpus, vocabulary) = Tokens();
            using var peer = new Peer(1);
            var file = Path.Combine(folder, "corpus.i32");
            // A gap after every record, so that the peer need not know about records.
            File.WriteAllBytes(file, MemoryMarshal.AsBytes<int>(corpus.SelectMany(record => record.Append(TokenStore.Gap)).ToArray())
                .ToArray());
            Extraction(rounds, folder, file, corpus, vocabulary, peer);
            Matching(rounds, folder, file, corpus, vocabulary, peer);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Extraction(int rounds, string folder, string file, List<int[]> corpus, int vocabulary, Peer peer)
    {
        var options = new ExtractOptions { MinPmi = 1 };
        var (ours, theirs) = (new List<double>(), new List<double>());
        var tokens = corpus.Sum(record => (long)record.Length);
        var once = Extract(folder, corpus, 1, vocabulary, options, out _);
        for (var round = 0; round < rounds; round++)
        {
            var answer =
                peer.Ask(new
                {
                    what = "ggram-extract", file, min_pmi = options.MinPmi, min_count = options.MinCount,
                    max_length = options.MaxLength
                });
            theirs.Add(answer["seconds"]!.GetValue<double>() / tokens * 1e9);
            if (answer["ggrams"]!.GetValue<int>() != once.GGrams.Count
                || answer["occurrences"]!.GetValue<long>() != once.GGrams.Sum(g => g.Count))
                throw new InvalidOperationException("The two sides extract different G-grams.");
            Extract(folder, corpus, Copies, vocabulary, options, out var seconds);
            ours.Add(seconds / (tokens * Copies) * 1e9);
        }
        var spread = new Spread(ours);
        Table.Write($"G-gram extraction after tokenizing, one core ({1e3 / spread.Median:0} M tokens/s)", "ns a token", spread,
            new Spread(theirs));
    }

    private static void Matching(int rounds, string folder, string file, List<int[]> corpus, int vocabulary, Peer peer)
    {
        var all = Extract(folder, corpus, 1, vocabulary,
            new() { MinPmi = 0, MinPairCount = 1, MinCount = 1, LongRuns = LongRuns.Cut, Size = Published }, out _);
        var ggrams = all.GGrams.Select((g, i) => new GGramEntry(i + 1, g.Tokens)).ToList();
        var list = Path.Combine(folder, "ggrams.txt");
        File.WriteAllLines(list, ggrams.Select(g => string.Join(' ', g.Tokens)));
        var matcher = new GGramMatcher(ggrams, vocabulary);
        var matches = new GGramMatch[1024];
        var tokens = corpus.Sum(record => (long)record.Length);
        var found = 0L;
        // Sequences of 512 tokens, as a model reads them.
        var sequences = corpus.SelectMany(record => record.Chunk(512)).ToArray();
        KMerBenchmark.Warm(() => matcher.Match(corpus[0], ref matches));
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            var answer = peer.Ask(new { what = "ggram-match", file, ggrams = list, tokens = 400_000 });
            theirs.Add(answer["seconds"]!.GetValue<double>() / 400_000 * 1e9);
            found = 0;
            var start = Cpu();
            for (var copy = 0; copy < Copies; copy++)
                foreach (var sequence in sequences) found += matcher.Match(sequence, ref matches);
            ours.Add((Cpu() - start) * 1e9 / (tokens * Copies));
            long Same(int[] ids)
            {
                var count = matcher.Match(ids, ref matches);
                return matches.Take(count).Sum(m => (long)m.Id);
            }
            var beginning = corpus.SelectMany(record => record.Append(0)).Take(400_000).ToArray();
            if (Same(beginning) != answer["checksum"]!.GetValue<long>())
                throw new InvalidOperationException("The two sides match different G-grams.");
        }
        var spread = new Spread(ours);
        Table.Write($"G-gram matching, {ggrams.Count:N0} G-grams, {(double)found / tokens / Copies:0.00} matches a token, one core "
            + $"({1e3 / spread.Median:0} M tokens/s)", "ns a token", spread, new Spread(theirs));
    }

    private static ExtractedGGrams Extract(string folder, List<int[]> corpus, int copies, int vocabulary, ExtractOptions options,
        out double seconds)
    {
        var start = Cpu();
        using var store = new TokenStore(folder, vocabulary);
        for (var copy = 0; copy < copies; copy++)
            foreach (var record in corpus) store.Add(record);
        var found = new GGramExtractor(options, 1L << 30, folder, (_, _, _) => { }).Run(store, vocabulary, default);
        seconds = Cpu() - start;
        return found;
    }

    /// <summary>Processor seconds of this process: what one core needs, whatever else the machine does.</summary>
    private static double Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }

    private static (List<int[]> Corpus, int Vocabulary) Tokens()
    {
        var bench = new Workbench(new BpePlugin());
        var tokenizer = bench.Build<ITokenizer>("bpe",
            new { vocab = Path.Combine(Checkout.Root, "samples", "tokenizers", "fly_bpe_1024.json") });
        using var text =
            new StreamReader(
                new System.IO.Compression.GZipStream(File.OpenRead(Path.Combine(Checkout.Root, "samples", "genome", "chr2R.fa.gz")),
                System.IO.Compression.CompressionMode.Decompress));
        var corpus = new List<int[]>();
        foreach (var record in text.ReadToEnd().Split('>', StringSplitOptions.RemoveEmptyEntries))
        {
            var bases = string.Concat(record.Split('\n').Skip(1)).ToUpperInvariant();
            corpus.Add([.. tokenizer.Encode(new("x", bases), new(SpecialTokens: false))
                .Ids.Select(id => tokenizer.Vocabulary.IsSpecial(id) ? TokenStore.Gap : id)]);
        }
        return (corpus, tokenizer.Vocabulary.Count);
    }
}
