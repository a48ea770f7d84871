using System.IO.Compression;
using PluginHost.PluginKit;
using PluginHost.Plugins.Bpe;
using PluginHost.Plugins.Bpe.Training;

namespace PluginHost.Benchmarks;

/// <summary>
/// Byte-pair encoding and training on the sample genome, against Hugging Face's tokenizers. Processor time is measured on both sides: other
/// programs do not count.
/// </summary>
internal static class BpeBenchmark
{
    private const int Ids = 4096;

    /// <summary>Makes one measurement long enough for the processor clock.</summary>
    private const int Repeats = 20;

    public static void Run(int rounds)
    {
        var genome = Genome();
        var folder = Directory.CreateTempSubdirectory("bpe-benchmark-").FullName;
        try
        {
            var vocab = Path.Combine(folder, "tokenizer.json");
            using (var stream = File.Create(vocab))
                TokenizerWriter.Write(BpeModel.Trained(["A", "C", "G", "T"], Train(genome, Ids - 9)), stream);
            using var peer = NodePeer.TryStart("BPE");
            Encode(peer, vocab, [.. Enumerable.Range(0, 1000).Select(i => genome.Substring(i * 8000, 1000))],
                "BPE ids against Hugging Face's, V = 4,096, 1,000 sequences of 1 kb", folder, rounds);
            Encode(peer, vocab, [genome[..1_000_000]], "the same, one sequence of 1 Mb", folder, rounds);
            Compare(peer, genome[..500_000], folder, rounds);
            Large(genome);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Encode(Child? peer, string vocab, string[] sequences, string row, string folder, int rounds)
    {
        var tokenizer = new Workbench(new BpePlugin()).UseTokenizer("bpe", new { vocab });
        var samples = sequences.Select((s, i) => new Sample($"{i}", s)).ToArray();
        var bases = sequences.Sum(s => (long)s.Length);
        var file = Path.Combine(folder, "sequences.txt");
        File.WriteAllLines(file, sequences);
        peer?.Ask(new { what = "load", file = vocab });
        KMerBenchmark.Warm(() => tokenizer.Encode(samples[0], new()));
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            var answer = peer?.Ask(new { what = "encode", file, check = round == 0 });
            if (answer is not null) theirs.Add(answer["ns"]!.GetValue<double>() / bases);
            var encodings = new EncodedSequence[samples.Length];
            ours.Add(ProcessorTime(() =>
            {
                for (var again = 0; again < Repeats; again++)
                    for (var i = 0; i < samples.Length; i++) encodings[i] = tokenizer.Encode(samples[i], new());
            }) / bases / Repeats);
            if (round == 0 && answer is not null && answer["hash"]!.GetValue<uint>() != Hash(encodings))
                throw new InvalidOperationException("The two sides' ids differ.");
        }
        var spread = new Spread(ours);
        var title = FormattableString.Invariant($"{row} ({1000 / spread.Median:0} Mbase/s)");
        if (peer is null) Console.WriteLine($"{title}: no peer");
        else Table.Write(title, "ns a base", spread, new Spread(theirs));
    }

    /// <summary>Hugging Face's Node binding trains to 30,000 ids only, hence so do we here.</summary>
    private static void Compare(Child? peer, string text, string folder, int rounds)
    {
        if (peer is null) return;
        var lines = text.Chunk(1000).Select(c => new string(c)).ToArray();
        var file = Path.Combine(folder, "training.txt");
        File.WriteAllLines(file, lines);
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            var answer = peer.Ask(new { what = "train", file });
            theirs.Add(answer["ns"]!.GetValue<double>() / text.Length);
            IReadOnlyList<(string Left, string Right)> merges = [];
            ours.Add(ProcessorTime(() => merges = Train(lines, 30_000 - 4)) / text.Length);
            var expected = answer["merges"]!.AsArray().Select(m => m!.GetValue<string>()).ToList();
            if (!expected.SequenceEqual(merges.Select(m => $"{m.Left} {m.Right}")))
                throw new InvalidOperationException("The two sides' merges differ.");
        }
        Table.Write("BPE training against Hugging Face's, to 30,000 ids on 0.5 Mb", "ns a base", new Spread(ours), new Spread(theirs));
    }

    /// <summary>The sample genome over and over, each time with other bases changed: as long as a large chromosome.</summary>
    private static void Large(string genome)
    {
        const int Bases = 100_000_000;
        var text = new TrainingText(Bases);
        var random = new SeededRandom(1);
        while (text.Bases < Bases)
        {
            var copy = genome.ToCharArray();
            for (var change = 0; change < copy.Length / 10; change++) copy[random.Next(copy.Length)] = "ACGT"[random.Next(0, 4)];
            text.Add(copy.AsSpan(0, (int)Math.Min(copy.Length, Bases - text.Bases)));
        }
        var seconds = ProcessorTime(() => new BpeTrainer(text, Ids - 9).Run()) / 1e9;
        Console.WriteLine(FormattableString.Invariant(
            $"\nBPE training to {Ids} ids on {Bases / 1e6:0} Mb: {seconds:0.0} s, {Bases / 1e6 / seconds:0.0} Mbase/s\n"));
    }

    private static IReadOnlyList<(string Left, string Right)> Train(string text, int merges) => Train([text], merges);

    private static IReadOnlyList<(string Left, string Right)> Train(IEnumerable<string> lines, int merges)
    {
        var text = new TrainingText(1 << 20);
        foreach (var line in lines) text.Add(line);
        return new BpeTrainer(text, merges).Run();
    }

    /// <summary>Nanoseconds, all threads together.</summary>
    private static double ProcessorTime(Action work)
    {
        var before = Environment.CpuUsage.TotalTime;
        work();
        return (Environment.CpuUsage.TotalTime - before).TotalNanoseconds;
    }

    private static uint Hash(IEnumerable<EncodedSequence> encodings)
    {
        var hash = 0x811c9dc5u;
        foreach (var encoding in encodings)
            foreach (var id in encoding.Ids)
                foreach (var part in (ReadOnlySpan<int>)[id & 255, id >> 8]) hash = (hash ^ (uint)part) * 0x01000193u;
        return hash;
    }

    private static string Genome()
    {
        using var reader = new StreamReader(
            new GZipStream(File.OpenRead(Path.Combine(Checkout.Root, "samples", "genome", "chr2R.fa.gz")), CompressionMode.Decompress));
        var text = new System.Text.StringBuilder();
        while (reader.ReadLine() is { } line)
            if (line[0] != '>') text.Append(line);
        return text.ToString().ToUpperInvariant();
    }
}
