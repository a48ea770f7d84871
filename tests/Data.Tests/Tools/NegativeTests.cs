using FsCheck;
using FsCheck.Fluent;
using PluginHost.Data.Tests.Sources;
using PluginHost.Plugins.DataTools.Negatives;

namespace PluginHost.Data.Tests.Tools;

public sealed class NegativeTests : IDisposable
{
    private readonly DataRun run = new();

    public void Dispose() => run.Dispose();

    private static IReadOnlyDictionary<string, int> Counts(string sequence, int k) =>
        Enumerable.Range(0, Math.Max(0, sequence.Length - k + 1)).GroupBy(i => sequence.Substring(i, k))
            .ToDictionary(g => g.Key, g => g.Count());

    [Fact]
    public void Shuffles_keep_every_klet_count_exactly() =>
        Prop.ForAll(
            Gen.Zip(Gen.Choose(0, 80).SelectMany(n => Gen.Elements("ACGTN".ToCharArray()).ArrayOf(n)),
                Gen.Zip(Gen.Choose(1, 5), Gen.Choose(0, 1_000_000))).ToArbitrary(),
            t =>
            {
                var (letters, (k, seed)) = t;
                var sequence = new string(letters);
                var shuffled = new KletShuffle(k).Shuffle(sequence, new((ulong)seed));
                for (var j = 1; j <= k; j++) Assert.Equal(Counts(sequence, j), Counts(shuffled, j));
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void All_arrangements_with_the_same_dinucleotides_are_equally_likely()
    {
        // ACAGATA has A-C-A, A-G-A and A-T-A in any order: six arrangements.
        var random = new SeededRandom(11);
        var shuffle = new KletShuffle(2);
        const int draws = 6000;
        var seen = Enumerable.Range(0, draws).Select(_ => shuffle.Shuffle("ACAGATA", random)).GroupBy(s => s)
            .ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(6, seen.Count);
        var expected = draws / 6.0;
        // The 0.999 quantile of chi-square with five degrees of freedom.
        Assert.InRange(seen.Values.Sum(n => (n - expected) * (n - expected) / expected), 0, 20.52);
    }

    [Fact]
    public void Shuffled_negatives_stand_beside_their_positives()
    {
        run.Write("p.csv", $"sequence,label\n{Dna.Random(80, 1)},1\n{Dna.Random(90, 2)},1\nAAAAAAAA,1\n");
        run.Run("negatives", "@p.csv", "--how", "shuffle", "--per", "2", "--output", "@s.csv");
        var rows = run.Rows("s.csv");
        Assert.Equal("1 0 0 1 0 0 1", string.Join(' ', rows.Select(r => r[1])));
        Assert.Equal(Counts(rows[0][0], 2), Counts(rows[1][0], 2));
        Assert.NotEqual(rows[1][0], rows[2][0]);
        Assert.Contains("warning: 2 negatives left out: the sequence has no other arrangement with these counts.", run.Said);
        Assert.Contains("labelled '1' already",
            run.Fails<DataException>("negatives", "@p.csv", "--how", "shuffle", "--negative-label", "1", "--output", "@t.csv"));
    }

    [Fact]
    public void Genome_negatives_match_chromosome_length_and_GC_and_touch_nothing_they_must_not()
    {
        run.Write("g.fa", ("a", Dna.Random(6000, 1) + new string('N', 500) + Dna.Random(3000, 2, "AT") + Dna.Random(3000, 3, "GC")),
            ("b", Dna.Random(9000, 4)));
        run.Write("genes.bed", "a\t1000\t3000\nb\t0\t2000\n");
        var random = new SeededRandom(5);
        // A row in the half of the genome that is A and T alone has few places to match it.
        var places = Enumerable.Range(0, 30)
            .Select(i => (Record: i % 2 == 0 ? "a" : "b", Start: (int)random.Next(5000), Length: 50 + 10 * (int)random.Next(8)))
            .Append(("a", 7000, 60)).ToList();
        run.Write("p.tsv", "sequence\tchromosome\tstart\tend\n"
            + string.Concat(places.Select(p => $"ACGT\t{p.Item1}\t{p.Item2}\t{p.Item2 + p.Item3}\n")));
        run.Run("negatives", "@p.tsv", "--how", "genome", "--genome", "@g.fa", "--exclude", "@genes.bed", "--margin", "20", "--gc", "0.02",
            "--output", "@s.csv");
        var rows = run.Rows("s.csv");
        Assert.Equal(62, rows.Count);
        static double Gc(string s) => (double)s.Count(c => c is 'G' or 'C') / s.Length;
        var taken = places.Select(p => (p.Item1, Start: p.Item2 - 20, End: p.Item2 + p.Item3 + 20)).Append(("a", 980, 3020))
            .Append(("b", 0, 2020)).ToList();
        for (var i = 0; i < rows.Count; i += 2)
        {
            var (positive, negative) = (rows[i], rows[i + 1]);
            Assert.Equal(("1", "0", positive[3]), (positive[1], negative[1], negative[3]));
            Assert.Equal(positive[0].Length, negative[0].Length);
            Assert.InRange(Gc(negative[0]) - Gc(positive[0]), -0.02 - 1e-9, 0.02 + 1e-9);
            Assert.DoesNotContain('N', negative[0]);
            var (start, end) = (int.Parse(negative[4]), int.Parse(negative[5]));
            Assert.DoesNotContain(taken, t => t.Item1 == negative[3] && t.Item2 < end && t.Item3 > start);
            taken.Add((negative[3], start, end));
        }
        run.Write("far.bed", "a\t12000\t13000\n");
        Assert.Contains("far.bed:1: 12,000 to 13,000 is no stretch of 'a', which has 12,500 bases",
            run.Fails<DataException>("negatives", "@far.bed", "--how", "genome", "--genome", "@g.fa", "--output", "@t.csv"));
    }

    [Fact]
    public void Non_sites_carry_the_motif_and_are_no_sites()
    {
        var chr = Dna.Random(8000, 6);
        run.Write("g.fa", ("c", chr));
        run.Write("t.gtf", string.Concat(Enumerable.Range(0, 20).Select(i =>
        {
            var (strand, at) = (i % 2 == 0 ? '+' : '-', 300 * i + 100);
            return $"c\tx\texon\t{at + 1}\t{at + 60}\t.\t{strand}\t.\ttranscript_id "
                + $"\"t{i}\"\nc\tx\texon\t{at + 121}\t{at + 180}\t.\t{strand}\t.\ttranscript_id \"t{i}\"\n";
        })));
        run.Run("negatives", "--how", "sites", "--genome", "@g.fa", "--features", "@t.gtf", "--anchor", "donor", "--anchor", "acceptor",
            "--window", "-20..19", "--output", "@s.csv");
        var rows = run.Rows("s.csv");
        Assert.Equal((20, 20, 40),
            (rows.Count(r => r[1] == "donor"), rows.Count(r => r[1] == "acceptor"), rows.Count(r => r[1] == "neither")));
        var sites = rows.Where(r => r[1] != "neither").Select(r => (r[1], r[4], r[6])).ToHashSet();
        var others = rows.Where(r => r[1] == "neither").ToList();
        Assert.All(others.Take(20), r => Assert.Equal("GT", r[0].Substring(20, 2)));
        Assert.All(others.Skip(20), r => Assert.Equal("AG", r[0].Substring(18, 2)));
        Assert.All(others.Take(20), r => Assert.DoesNotContain(("donor", r[4], r[6]), sites));
        Assert.Contains(others, r => r[6] == "-");
        Assert.Contains(others, r => r[6] == "+");
        run.Write("one.bed", "c\t0\t200\tg\t0\t+\n");
        run.Run("negatives", "--how", "sites", "--genome", "@g.fa", "--features", "@t.gtf", "--inside", "@one.bed", "--window", "-20..19",
            "--output", "@in.csv");
        Assert.All(run.Rows("in.csv").Where(r => r[1] == "neither"), r => Assert.True(int.Parse(r[4]) + 20 < 200 && r[6] == "+"));
        Assert.Contains(run.Said, s => s.StartsWith("warning: ", StringComparison.Ordinal) && s.Contains("within --inside"));
    }

    [Fact]
    public void False_positives_of_a_model_move_from_the_pool_to_training()
    {
        string[] s = [.. Enumerable.Range(0, 8).Select(i => Dna.Random(40, (ulong)i))];
        run.Write("train.csv", $"sequence,label\n{s[0]},donor\n{s[1]},neither\n");
        run.Write("pool.csv",
            $"sequence,label\n{s[2]},neither\n{s[3]},neither\n{Iupac.ReverseComplement(s[1])},neither\n"
            + $"{s[4]},donor\n{s[5]},neither\n{s[3]},neither\n");
        const string header = "id\tlabel\tpredicted\tp_donor\tp_neither\n";
        run.Write("p.tsv",
            header + "1\tneither\tneither\t0.4\t0.6\n2\tneither\tdonor\t0.7\t0.3\n3\tneither\tdonor\t0.9\t0.1\n"
            + "4\tdonor\tdonor\t0.9\t0.1\n5\tneither\tdonor\t0.8\t0.2\n6\tneither\tdonor\t0.7\t0.3\n");
        string[] command = ["@train.csv", "--how", "adversarial", "--pool", "@pool.csv", "--predictions", "@p.tsv", "--negative-label",
            "neither"];
        run.Run("negatives", [.. command, "--output", "@next.csv", "--pool-output", "@rest.csv"]);
        Assert.Equal([.. run.Lines("train.csv"), $"{s[3]},neither", $"{s[5]},neither"], run.Lines("next.csv"));
        Assert.Equal(4, run.Rows("rest.csv").Count);
        Assert.Contains(run.Said, t =>
            t.StartsWith("2 false positives among 5 negatives of the pool (40 %); 2 added to 2 rows", StringComparison.Ordinal));
        run.Run("negatives", [.. command, "--output", "@one.csv", "--limit", "1"]);
        Assert.Equal($"{s[5]},neither", run.Lines("one.csv")[^1]);
        run.Run("negatives", [.. command, "--output", "@more.csv", "--threshold", "0.35"]);
        Assert.Equal(6, run.Lines("more.csv").Length);

        Assert.Contains("no column 'p_none'", run.Fails<DataException>("negatives", [.. command[..^1], "none", "--output", "@x.csv"]));
        run.Write("p.tsv", header + "1\tneither\tneither\t0.4\t0.6\n");
        Assert.Contains("has no prediction for the id '2'", run.Fails<DataException>("negatives", [.. command, "--output", "@x.csv"]));
        run.Write("p.tsv", header + "1\tdonor\tneither\t0.4\t0.6\n");
        Assert.Contains("label is 'neither' but the predictions say 'donor'",
            run.Fails<DataException>("negatives", [.. command, "--output", "@x.csv"]));
    }
}
