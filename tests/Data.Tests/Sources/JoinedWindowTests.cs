using FsCheck;
using FsCheck.Fluent;
using PluginHost.Plugins.Fasta;
using PluginHost.Plugins.Fasta.Windows;

namespace PluginHost.Data.Tests.Sources;

public sealed class JoinedWindowTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    private FastaSource Source(FastaOptions options, params (string, string)[] records)
    {
        (options.How, options.Path) = (WindowMode.Joined, [folder.Write($"j{Guid.NewGuid():n}.fa", Dna.Fasta(records))]);
        return new(options, p => p);
    }

    private static List<Sample> All(ISampleSource samples) =>
        [.. Enumerable.Range(0, (int)samples.Count).Select(i => samples.Get(i, new SeededRandom(7)))];

    [Fact]
    public void Records_are_laid_end_to_end_without_their_N()
    {
        var source = Source(new() { Window = 4, MinLength = 1 }, ("a", "NNACGTTNG"), ("b", "CC"), ("c", "TNNNA"), ("d", "NNN"));
        var samples = All(source.Open(Split.Train)!);
        // ACGTT G CC T A
        Assert.Equal(["ACGT", "TGCC", "TA"], samples.Select(s => s.Sequence));
        Assert.Equal(["a:2-6", "a:6-7+2", "c:0-1+1"], samples.Select(s => s.Id));
        Assert.Equal(6, samples[0].Place!.End);
        Assert.Null(samples[1].Place);
        Assert.Contains(source.Notes, n => n.Contains("9 bases other than A, C, G and T cut out"));
    }

    [Fact]
    public void The_last_window_is_left_out_where_it_is_too_short()
    {
        var source = Source(new() { Window = 4, MinLength = 3 }, ("a", "ACGTAC"));
        Assert.Equal(["ACGT"], All(source.Open(Split.Train)!).Select(s => s.Sequence));
        Assert.Contains(source.Notes, n => n.Contains("2 bases left out behind the last window"));
        var failure = Assert.Throws<DataException>(() => Source(new() { Window = 10, MinLength = 8 }, ("a", "ACGTAC")).Open(Split.Train));
        Assert.Contains("6 bases of A, C, G and T in all", failure.Message);
    }

    [Fact]
    public void Species_are_not_joined()
    {
        var source = Source(new() { Window = 4, MinLength = 1, SpeciesOf = new() { ["a*"] = "human", ["b*"] = "mouse" } },
            ("a1", "ACG"), ("a2", "TAC"), ("b1", "GGGGG"));
        Assert.Equal([("ACGT", "human"), ("AC", "human"), ("GGGG", "mouse"), ("G", "mouse")],
            All(source.Open(Split.Train)!).Select(s => (s.Sequence, s.Text("species"))));
    }

    [Fact]
    public void All_bases_come_once_in_windows_of_one_length_whatever_the_records()
    {
        var records = Gen.ArrayOf(Gen.ArrayOf(Gen.Elements("ACGTNR".ToCharArray())).Where(r => r.Length > 0)).Where(r => r.Length > 0);
        Prop.ForAll((from all in records from window in Gen.Choose(1, 9) select (all, window)).ToArbitrary(), c =>
        {
            var kept = string.Concat(c.all.Select(r => new string([.. r.Where(b => "ACGT".Contains(b))])));
            if (kept.Length == 0) return true;
            var samples = All(Source(new() { Window = c.window, MinLength = 1 }, [.. c.all.Select((r, i) => ($"r{i}", new string(r)))])
                .Open(Split.Train)!);
            return string.Concat(samples.Select(s => s.Sequence)) == kept && samples.SkipLast(1).All(s => s.Sequence.Length == c.window);
        }).Check(Config.QuickThrowOnFailure);
    }
}
