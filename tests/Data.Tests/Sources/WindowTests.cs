using FsCheck;
using FsCheck.Fluent;
using PluginHost.Plugins.Fasta;
using PluginHost.Plugins.Fasta.Windows;

namespace PluginHost.Data.Tests.Sources;

public sealed class WindowTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    private FastaSource Source(FastaOptions options, params (string, string)[] records)
    {
        options.Path = [folder.Write($"w{Guid.NewGuid():n}.fa", Dna.Fasta(records))];
        return new(options, p => p);
    }

    private static List<Sample> All(ISampleSource samples, ulong epoch = 0) =>
        [.. Enumerable.Range(0, (int)samples.Count).Select(i => samples.Get(i, new SeededRandom(7, epoch, (ulong)i)))];

    private static (string Record, int Start, int End) Place(Sample sample)
    {
        var colon = sample.Id.LastIndexOf(':');
        var dash = sample.Id.LastIndexOf('-');
        return (sample.Id[..colon], int.Parse(sample.Id[(colon + 1)..dash]), int.Parse(sample.Id[(dash + 1)..]));
    }

    [Fact]
    public void Tiles_cover_every_base_once_and_end_short()
    {
        var sequence = Dna.Random(1000, 1);
        var samples = All(Source(new() { Window = 300 }, ("a", sequence)).Open(Split.Train)!);
        Assert.Equal(["a:0-300", "a:300-600", "a:600-900", "a:900-1000"], samples.Select(s => s.Id));
        Assert.Equal(sequence, string.Concat(samples.Select(s => s.Sequence)));
    }

    [Fact]
    public void Tails_under_the_shortest_length_are_left_out_and_noted()
    {
        var source = Source(new() { Window = 300, MinLength = 200 }, ("a", Dna.Random(1000, 1)));
        Assert.Equal(3, source.Open(Split.Train)!.Count);
        Assert.Contains(source.Notes, n => n.Contains("100 bases left out") && n.Contains("minLength"));
    }

    [Fact]
    public void Overlapping_windows_step_and_end_with_the_record()
    {
        var samples =
            All(Source(new() { Window = 300, How = WindowMode.Overlap, Stride = 200 }, ("a", Dna.Random(1000, 1)),
                ("b", Dna.Random(100, 2))).Open(Split.Train)!);
        Assert.Equal(["a:0-300", "a:200-500", "a:400-700", "a:600-900", "a:700-1000", "b:0-100"], samples.Select(s => s.Id));
    }

    [Fact]
    public void Whole_records_keep_name_and_description()
    {
        var samples = All(Source(new() { How = WindowMode.Whole, Window = 5 }, ("a one", "ACGTNNNNNNN"), ("b", "AC")).Open(Split.Train)!);
        Assert.Equal([("a", "ACGTNNNNNNN"), ("b", "AC")], samples.Select(s => (s.Id, s.Sequence)));
        Assert.Equal("one", samples[0].Text("description"));
    }

    [Fact]
    public void Windows_rich_in_N_are_left_out_and_counted()
    {
        var sequence = Dna.Random(1000, 1) + new string('N', 500) + Dna.Random(500, 2);
        var source = Source(new() { Window = 100, MaxN = 0.1 }, ("a", sequence));
        Assert.Equal(15, source.Open(Split.Train)!.Count);
        Assert.Contains(source.Notes, n => n.Contains("5 windows (25 %) left out") && n.Contains("10 %"));
        Assert.Equal(20, Source(new() { Window = 100, MaxN = 1 }, ("a", sequence)).Open(Split.Train)!.Count);
    }

    [Fact]
    public void Random_windows_have_the_papers_lengths_and_are_fresh_each_epoch()
    {
        var sequence = Dna.Random(20_000, 1);
        var samples = Source(new() { How = WindowMode.Random, SamplesPerEpoch = 3000 }, ("a", sequence)).Open(Split.Train)!;
        var drawn = All(samples);
        Assert.All(drawn, s => Assert.Equal(sequence[Place(s).Start..Place(s).End], s.Sequence));
        Assert.InRange(drawn.Min(s => s.Sequence.Length), 5, 8);
        Assert.InRange(drawn.Max(s => s.Sequence.Length), 507, 510);
        Assert.InRange(drawn.Average(s => s.Sequence.Length), 245, 270);
        Assert.Equal(drawn, All(samples), SameSample.Instance);
        Assert.True(drawn.Zip(All(samples, epoch: 1)).Count(p => p.First.Id == p.Second.Id) < 5);
    }

    [Fact]
    public void Random_windows_fall_on_records_in_proportion_to_their_bases()
    {
        var drawn = All(Source(new() { How = WindowMode.Random, SamplesPerEpoch = 4000, Window = 50 }, ("a", Dna.Random(9000, 1)),
            ("b", Dna.Random(1000, 2))).Open(Split.Train)!);
        Assert.InRange(drawn.Count(s => s.Id.StartsWith("b:")), 320, 480);
    }

    [Fact]
    public void Random_windows_avoid_N()
    {
        var sequence = Dna.Random(500, 1) + new string('N', 5000) + Dna.Random(300, 2) + "NNNNNNNNNN" + Dna.Random(300, 3);
        var source = Source(new() { How = WindowMode.Random, Window = 100, MinLength = 20, MaxN = 0, SamplesPerEpoch = 500 },
            ("a", sequence));
        Assert.All(All(source.Open(Split.Train)!), s => Assert.DoesNotContain('N', s.Sequence));
        Assert.Contains(source.Notes, n => n.Contains("drawn again"));
    }

    [Fact]
    public void The_mixture_is_tiles_and_as_many_random_windows_of_which_half_are_full()
    {
        var samples = Source(new() { How = WindowMode.Mixture, Window = 100 }, ("a", Dna.Random(100_000, 1))).Open(Split.Train)!;
        Assert.Equal(2000, samples.Count);
        var drawn = All(samples);
        Assert.All(drawn.Take(1000).Select((s, i) => (s, i)), x => Assert.Equal($"a:{100 * x.i}-{100 * x.i + 100}", x.s.Id));
        Assert.InRange(drawn.Skip(1000).Count(s => s.Sequence.Length == 100), 440, 570);
        Assert.Contains(drawn.Skip(1000), s => s.Sequence.Length < 20);
    }

    [Fact]
    public void Records_are_held_out_by_name_and_pattern()
    {
        (string, string)[] records = [("chr1", Dna.Random(500, 1)), ("chr2", Dna.Random(500, 2)), ("chrX", Dna.Random(500, 3)),
            ("chrX_alt", Dna.Random(500, 4))];
        var source = Source(new() { Window = 100, Dev = ["chr2"], Test = ["chrX*"] }, records);
        Assert.All(All(source.Open(Split.Train)!), s => Assert.StartsWith("chr1:", s.Id));
        Assert.All(All(source.Open(Split.Dev)!), s => Assert.StartsWith("chr2:", s.Id));
        Assert.Equal(2, All(source.Open(Split.Test)!).Select(s => Place(s).Record).Distinct().Count());
        var some = Source(new() { Window = 100, Train = ["chr1"], Test = ["chrX"] }, records);
        Assert.Null(some.Open(Split.Dev));
        Assert.Contains(some.Notes, n => n.Contains("2 records named for no split are not used"));
    }

    [Fact]
    public void Nothing_held_out_means_no_dev_and_no_test_unless_any_is_asked()
    {
        var train = Source(new() { Window = 10 }, ("a", Dna.Random(50, 1)));
        Assert.NotNull(train.Open(Split.Train));
        Assert.Null(train.Open(Split.Dev));
        Assert.Null(train.Open(Split.Test));
        var any = Source(new() { Window = 10, As = SplitUse.Any }, ("a", Dna.Random(50, 1)));
        Assert.Equal(5, any.Open(Split.Test)!.Count);
        var test = Source(new() { Window = 10, As = SplitUse.Test }, ("a", Dna.Random(50, 1)));
        Assert.Null(test.Open(Split.Train));
        Assert.NotNull(test.Open(Split.Test));
    }

    [Fact]
    public void Shares_are_met_and_stay_the_same()
    {
        (string, string)[] records = [("a", Dna.Random(90_000, 1)), ("b", Dna.Random(10_000, 2))];
        FastaOptions Options(ulong seed) => new() { Window = 50, DevShare = 0.1, TestShare = 0.2, SplitSeed = seed };
        long Bases(FastaSource source, Split split) => All(source.Open(split)!).Sum(s => (long)s.Sequence.Length);
        var source = Source(Options(1), records);
        Assert.InRange(Bases(source, Split.Dev), 9_000, 11_500);
        Assert.InRange(Bases(source, Split.Test), 19_000, 21_500);
        Assert.Equal(All(source.Open(Split.Dev)!).Select(s => s.Id), All(Source(Options(1), records).Open(Split.Dev)!).Select(s => s.Id));
        Assert.NotEqual(All(source.Open(Split.Dev)!).Select(s => s.Id),
            All(Source(Options(2), records).Open(Split.Dev)!).Select(s => s.Id));
    }

    [Fact]
    public void Windows_lie_inside_records_and_no_base_is_in_two_splits()
    {
        var shapes =
            from lengths in Gen.NonEmptyListOf(Gen.Choose(60, 500))
            from window in Gen.Choose(1, 60)
            from stride in Gen.Choose(1, 80)
            from mode in Gen.Elements(WindowMode.Tiles, WindowMode.Overlap, WindowMode.Random, WindowMode.Mixture)
            from shares in Gen.Elements((0.1, 0.1), (0.3, 0.0), (0.0, 0.4))
            from maxN in Gen.Elements(0.0, 0.3, 1.0)
            from seed in Gen.Choose(0, 1000)
            select (lengths, window, stride, mode, shares, maxN, seed);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(shapes.ToArbitrary(), shape =>
        {
            var records = shape.lengths.Take(12).Append(2000).Select((n, i) => ($"r{i}", Sequence(n, (ulong)(shape.seed + i)))).ToArray();
            var options = new FastaOptions
            {
                Window = shape.window, How = shape.mode, Stride = shape.mode == WindowMode.Overlap ? shape.stride : null,
                DevShare = shape.shares.Item1, TestShare = shape.shares.Item2, MaxN = shape.maxN, MinLength = 1,
                SamplesPerEpoch = shape.mode is WindowMode.Random or WindowMode.Mixture ? 50 : null,
            };
            Assert.Empty(options.Validate(new(options)));
            var source = Source(options, records);
            var owners = records.ToDictionary(r => r.Item1, r => new Split?[r.Item2.Length]);
            var sequences = records.ToDictionary(r => r.Item1, r => r.Item2);
            foreach (var split in Enum.GetValues<Split>())
            {
                if (Opened(source, split, shape.maxN) is not { } samples) continue;
                foreach (var sample in All(samples))
                {
                    var (record, start, end) = Place(sample);
                    var sequence = sequences[record];
                    Assert.InRange(end, start + 1, sequence.Length);
                    Assert.True(sample.Sequence.Length <= shape.window);
                    Assert.Equal(sequence[start..end], sample.Sequence);
                    Assert.True(Iupac.CountAmbiguous(sample.Sequence) <= shape.maxN * sample.Sequence.Length);
                    foreach (ref var owner in owners[record].AsSpan(start, end - start))
                    {
                        owner ??= split;
                        if (owner != split) Assert.Fail($"{sample.Id} is in {split} and in {owner}");
                    }
                }
            }
        }));

        // A small held-out split may have N in every window: that it is refused is right, and nothing is left to check.
        static ISampleSource? Opened(FastaSource source, Split split, double maxN)
        {
            try { return source.Open(split); }
            catch (DataException refused) when (maxN < 1 && refused.Message.StartsWith("No window is left in the split")) { return null; }
        }

        static string Sequence(int length, ulong seed) => length % 3 == 0
            ? Dna.Random(length, seed, "ACGTACGTACGTACGTACGTRN")
            : Dna.Random(length / 2, seed) + new string('N', length / 4) + Dna.Random(length - length / 2 - length / 4, seed + 1);
    }

    [Fact]
    public void Filtering_by_map_and_by_reading_agree()
    {
        var sequence = Dna.Random(5000, 3, "ACGTACGTACGTACGTACGTACGTN") + new string('N', 700) + Dna.Random(3000, 4);
        var path = folder.Write("v.fa", Dna.Fasta([("a", sequence)]));
        List<string> Ids(bool verify, WindowMode how) => [.. All(new FastaSource(
            new() { Path = [path], Window = 40, MaxN = 0.05, How = how, Verify = verify, WriteIndex = true }, p => p).Open(Split.Train)!)
                .Select(s => s.Id)];
        foreach (var how in new[] { WindowMode.Tiles, WindowMode.Overlap }) Assert.Equal(Ids(true, how), Ids(false, how));
        var naive = Enumerable.Range(0, sequence.Length / 40).Where(i => Iupac.CountAmbiguous(sequence.AsSpan(40 * i, 40)) <= 2)
            .Select(i => $"a:{40 * i}-{40 * i + 40}");
        Assert.Equal(naive, Ids(true, WindowMode.Tiles).Where(id => !id.EndsWith("-8700")));
    }

    [Fact]
    public void Files_are_found_by_pattern()
    {
        folder.Write("g/chr1.fa", ">chr1\nACGTACGT\n");
        folder.Write("g/chr2.fa", ">chr2\nACGTACGT\n");
        var source = new FastaSource(new() { Path = [folder["g/chr?.fa"]], Window = 4 }, p => p);
        Assert.Equal(["chr1.fa", "chr2.fa"], source.Files.Select(f => Path.GetFileName(f)));
        Assert.Equal(4, source.Open(Split.Train)!.Count);
        Assert.Contains("No file matches",
            Assert.Throws<DataException>(() => new FastaSource(new() { Path = [folder["g/*.fna"]] }, p => p)).Message);
    }

    private sealed class SameSample : IEqualityComparer<Sample>
    {
        public static readonly SameSample Instance = new();
        public bool Equals(Sample? a, Sample? b) => a!.Id == b!.Id && a.Sequence == b.Sequence;
        public int GetHashCode(Sample sample) => sample.Id.GetHashCode();
    }
}
