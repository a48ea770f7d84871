using FsCheck;
using FsCheck.Fluent;
using PluginHost.Data.Tests.Sources;
using PluginHost.Libs.Genomics.Leakage;

namespace PluginHost.Data.Tests.Tools;

public sealed class LeakageTests
{
    [Fact]
    public void Edit_distance_is_the_textbooks_up_to_the_limit()
    {
        // Two letters make chance matches, which is what the algorithm could get wrong.
        var sequences = Gen.Choose(0, 25).SelectMany(n => Gen.Elements("ACGT".ToCharArray()[..2]).ArrayOf(n)).Select(c => new string(c));
        Prop.ForAll(Gen.Zip(sequences, Gen.Zip(sequences, Gen.Choose(0, 12))).ToArbitrary(), t =>
        {
            var (a, (b, limit)) = t;
            var distance = Mutated.Distance(a, b);
            Assert.Equal(distance <= limit ? distance : -1, EditDistance.Within(a, b, limit));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Every_near_sequence_is_found_and_no_other()
    {
        var random = new SeededRandom(3);
        foreach (var identity in (double[])[0.7, 0.8, 0.9, 0.95, 0.99])
        {
            var near = Closeness.ByIdentity(identity);
            var train = Enumerable.Range(0, 30).Select(i => Dna.Random((int)(20 + random.Next(110)), (ulong)i)).ToList();
            var finder = new LeakageFinder(near);
            foreach (var sequence in train) finder.Add(sequence);
            for (var i = 0; i < 50; i++)
            {
                var origin = train[(int)random.Next(train.Count)];
                var query = Mutated.By(origin, (int)random.Next((int)((1 - identity) * origin.Length * 1.6) + 2), random);
                if (random.Next(2) == 0) query = Iupac.ReverseComplement(query);
                var reverse = Iupac.ReverseComplement(query);
                var expected =
                    train.Any(t => Math.Min(Mutated.Distance(query, t),
                        Mutated.Distance(reverse, t)) <= near.Allowed(Math.Max(t.Length, query.Length)));
                var found = finder.Find(query);
                Assert.Equal(expected, found.Kind != LeakKind.None);
                if (found.Kind != LeakKind.Near) continue;
                var other = train[found.Sequence];
                Assert.Equal(found.Edits, Mutated.Distance(query, other) is var d && d == found.Edits ? d
                    : Mutated.Distance(reverse, other));
            }
        }
    }

    [Fact]
    public void Each_kind_is_told_apart_and_the_training_row_is_named()
    {
        var (a, b) = (Dna.Random(100, 1), Dna.Random(100, 2));
        var finder = new LeakageFinder(Closeness.ByEdits(2));
        foreach (var sequence in (string[])[a, a, b]) finder.Add(sequence);
        Assert.Equal(new Leak(LeakKind.Exact, 0, 0), finder.Find(a));
        Assert.Equal(new Leak(LeakKind.ReverseComplement, 2, 0), finder.Find(Iupac.ReverseComplement(b)));
        Assert.Equal(new Leak(LeakKind.Near, 2, 1), finder.Find(b.AsSpan(1)));
        Assert.Equal(new Leak(LeakKind.Near, 2, 2), finder.Find(Iupac.ReverseComplement(b[1..^1])));
        Assert.Equal(LeakKind.None, finder.Find(b.AsSpan(2, 97)).Kind);
        var count = LeakageFinder.Count([a, b], [a, Iupac.ReverseComplement(b), b[1..], Dna.Random(100, 9)], Closeness.ByEdits(1));
        Assert.Equal((4, 1, 1, 1, 0.75), (count.Sequences, count.Exact, count.ReverseComplement, count.Near, count.Share));
    }

    [Fact]
    public void Sequences_too_short_for_seeds_are_compared_too()
    {
        var finder = new LeakageFinder(Closeness.ByEdits(5));
        finder.Add("ACGTAC");
        Assert.Equal(LeakKind.Near, finder.Find("TTTTAC").Kind);
        Assert.Equal(LeakKind.None, finder.Find("GGGGGGGGGGGG").Kind);
    }

    [Fact]
    public void Clusters_are_the_connected_components_of_brute_force()
    {
        var random = new SeededRandom(8);
        for (var round = 0; round < 6; round++)
        {
            var near = round % 2 == 0 ? Closeness.ByIdentity(0.9) : Closeness.ByEdits(4);
            var sequences = Enumerable.Range(0, 4).Select(i => Dna.Random(60, (ulong)(round * 10 + i))).ToList();
            while (sequences.Count < 50)
            {
                var next = Mutated.By(sequences[(int)random.Next(sequences.Count)], (int)random.Next(9), random);
                sequences.Add(random.Next(2) == 0 ? next : Iupac.ReverseComplement(next));
            }
            var clusters = new SequenceClusters(near);
            foreach (var sequence in sequences) clusters.Add(sequence);
            Assert.Equal(Components(sequences, near), clusters.Groups());
        }
    }

    private static int[] Components(List<string> sequences, Closeness near)
    {
        var groups = Enumerable.Repeat(-1, sequences.Count).ToArray();
        var count = 0;
        for (var i = 0; i < groups.Length; i++)
        {
            if (groups[i] >= 0) continue;
            var left = new Stack<int>([i]);
            groups[i] = count;
            while (left.TryPop(out var at))
                for (var j = 0; j < groups.Length; j++)
                    if (groups[j] < 0 && Close(sequences[at], sequences[j]))
                    {
                        groups[j] = count;
                        left.Push(j);
                    }
            count++;
        }
        return groups;

        bool Close(string a, string b) =>
            Math.Min(Mutated.Distance(a, b), Mutated.Distance(Iupac.ReverseComplement(a), b)) <= near.Allowed(Math.Max(a.Length, b.Length));
    }
}
