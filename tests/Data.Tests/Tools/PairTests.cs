using FsCheck;
using FsCheck.Fluent;
using PluginHost.Data.Tests.Sources;
using PluginHost.Libs.Genomics.Leakage;
using PluginHost.Libs.Genomics.Trees;
using PluginHost.Plugins.DataTools.Pairs;

namespace PluginHost.Data.Tests.Tools;

public sealed class PairTests : IDisposable
{
    private readonly DataRun run = new();

    public void Dispose() => run.Dispose();

    private static Dictionary<string, string> Reconstruct(string newick, params (string Leaf, string Sequence)[] leaves)
    {
        var tree = NewickTree.Parse(newick, "t.nwk");
        var given = leaves.ToDictionary(l => l.Leaf, l => l.Sequence);
        return Parsimony.Reconstruct(tree.Root, tree.Leaves.ToDictionary(l => l, l => given[l.Name]))
            .ToDictionary(n => n.Key.Name, n => n.Value);
    }

    [Fact]
    public void Ancestors_are_those_of_Fitch_by_hand()
    {
        // Column 1: x = {A}, y = {C, T}, root = {A, C, T}: the first, A; y has not A, so C. Column 2: all G but c: T arises once.
        // Column 3: a gap shared by c and d is an ancestor's. Column 4: N is whatever its parent is.
        var nodes = Reconstruct("((a,b)x,(c,d)y)root;", ("a", "AGAA"), ("b", "AGAN"), ("c", "CT-A"), ("d", "TG-A"));
        Assert.Equal(("AGAA", "AGAA", "CG-A"), (nodes["root"], nodes["x"], nodes["y"]));
        Assert.Equal("AGAA", nodes["b"]);
    }

    [Fact]
    public void Of_many_children_the_state_most_of_them_have_is_the_ancestors()
    {
        var nodes = Reconstruct("(a,b,(c,d)y,e)root;", ("a", "A"), ("b", "C"), ("c", "C"), ("d", "G"), ("e", "A"));
        // Two have A, and two C (b, and y by {C, G}): a tie, of which A comes first; y keeps the first of its own.
        Assert.Equal(("A", "C"), (nodes["root"], nodes["y"]));
        Assert.Equal("G", Reconstruct("(a,b,c,d)root;", ("a", "A"), ("b", "G"), ("c", "C"), ("d", "G"))["root"]);
    }

    [Fact]
    public void Ancestors_need_the_fewest_changes_that_there_are() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, 1 << 30).ToArbitrary(), seed =>
        {
            var random = new SeededRandom((ulong)seed);
            string[] shapes = ["((a,b)x,(c,d)y)r;", "(((a,b)x,c)y,d)r;", "(a,b,(c,d)x,e)r;", "((a,b,c)x,d,e)r;"];
            var shape = shapes[random.Next(shapes.Length)];
            var tree = NewickTree.Parse(shape, "t.nwk");
            var leaves = tree.Leaves.ToDictionary(l => l, _ => "ACGT"[(int)random.Next(4)].ToString());
            var states = Parsimony.Reconstruct(tree.Root, leaves);
            var order = Parsimony.Preorder(tree.Root);
            int Changes(Func<NewickNode, char> of) => order.Count(n => n.Parent is { } p && of(n) != of(p));
            var inner = order.Where(n => n.Children.Count > 0).ToList();
            // All ways of filling in the inner nodes.
            var fewest = Enumerable.Range(0, 1 << (2 * inner.Count)).Min(way => Changes(n =>
                inner.IndexOf(n) is >= 0 and var i ? "ACGT"[way >> (2 * i) & 3] : leaves[n][0]));
            Assert.Equal(fewest, Changes(n => states[n][0]));
        }));

    [Fact]
    public void A_spanning_tree_joins_each_to_the_nearest_that_is_there()
    {
        // AAAA - AAAC - AACC, and GGGG at a distance of 4 from all: it hangs on the first.
        Assert.Equal([(0, 1), (1, 2), (0, 3)], SpanningTree.Join(["AAAA", "AAAC", "AACC", "GGGG"]));
        Assert.Equal([(0, 2), (2, 1)], SpanningTree.Join(["AAAA", "AACC", "AAAC"]));
    }

    [Fact]
    public void The_earliest_record_is_the_root_and_pairs_go_away_from_it()
    {
        run.Write("a.fa", ("late|2012", "ACGTACGTAC"), ("early|2009", "ACGTACGTAA"), ("middle|2010", "ACGTACGTCC"));
        run.Run("pairs", "@a.fa", "--date", "\\|(\\d+)", "--identity", "1", "--dev", "0", "--test", "0", "--output", "@p");
        Assert.Equal([["ACGTACGTAA", "ACGTACGTAC", "early|2009", "late|2012", "1", "1"],
            ["ACGTACGTAC", "ACGTACGTCC", "late|2012", "middle|2010", "1", "1"]], run.Rows("p/train.csv"));
    }

    [Fact]
    public void Branches_of_a_tree_become_pairs_of_windows_without_gaps()
    {
        run.Write("a.fa", ("a", "TTAC-GTA"), ("b", "TTACGGTA"), ("c", "TTTCGGTA"));
        run.Write("t.nwk", "((a,b)x,c)r;");
        run.Run("pairs", "@a.fa", "--tree", "@t.nwk", "--window", "3-6", "--identity", "1", "--dev", "0", "--test", "0", "--output", "@p");
        // r: A of {A, T}; x as r. x to b and r to x are the same pair.
        Assert.Equal([["ACGG", "ACGG", "r", "x", "0", "2"], ["ACGG", "ACG", "x", "a", "1", "1"], ["ACGG", "TCGG", "r", "c", "1", "1"]],
            run.Rows("p/train.csv").Select(r => r).OrderBy(r => r[4]).ThenBy(r => r[1]));
    }

    [Fact]
    public void What_belongs_together_is_never_divided() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from seed in Gen.Choose(0, 1 << 30)
         from depth in Gen.Choose(0, 3)
         from allowed in Gen.Choose(0, 3)
         select (seed, depth, allowed)).ToArbitrary(),
        x =>
        {
            // A forest of random mutants of 40 bases.
            var random = new SeededRandom((ulong)x.seed);
            var lineage = new Lineage();
            for (var i = 0; i < 60; i++)
            {
                if (i < 4)
                {
                    lineage.Add($"n{i}", Dna.Random(40, (ulong)(x.seed + i)));
                    continue;
                }
                var parent = (int)random.Next(i);
                var child = lineage.Nodes[parent].Sequence.ToCharArray();
                for (var m = random.Next(4); m > 0; m--) child[random.Next(40)] = "ACGT"[(int)random.Next(4)];
                lineage.Join(parent, lineage.Add($"n{i}", new string(child)));
            }
            var windows = lineage.Nodes.Select(n => n.Sequence).Distinct().ToList();
            var of = lineage.Nodes.Select(n => windows.IndexOf(n.Sequence)).ToArray();
            var clades = x.depth > 0 ? lineage.Clades(x.depth) : [.. Enumerable.Repeat(-1, of.Length)];
            var groups = PairGroups.Of(windows, clades, of, 1 - x.allowed / 40.0);
            for (var a = 0; a < windows.Count; a++)
                for (var b = 0; b < a; b++)
                    if (EditDistance.Within(windows[a], windows[b], x.allowed) >= 0) Assert.Equal(groups[a], groups[b]);
            for (var a = 0; a < of.Length; a++)
                for (var b = 0; b < a; b++)
                    if (clades[a] >= 0 && clades[a] == clades[b]) Assert.Equal(groups[of[a]], groups[of[b]]);
        }));

    [Fact]
    public void Clades_are_cut_where_asked()
    {
        var lineage = new Lineage();
        foreach (var name in "rabcd") lineage.Add($"{name}", "ACGT");
        foreach (var (parent, child) in ((int, int)[])[(0, 1), (1, 2), (2, 3), (0, 4)]) lineage.Join(parent, child);
        Assert.Equal([-1, 1, 1, 1, 4], lineage.Clades(1));
        Assert.Equal([-1, -1, 2, 2, -1], lineage.Clades(2));
        lineage.Join(3, 0); // A circle ends somewhere.
        Assert.Equal(5, lineage.Clades(1).Length);
    }

    [Fact]
    public void A_table_of_pairs_is_divided_and_what_is_known_of_it_is_counted()
    {
        var text = new System.Text.StringBuilder("mother,daughter,m,d\n");
        for (var family = 0; family < 20; family++)
        {
            var parent = Dna.Random(60, (ulong)family);
            for (var child = 0; child < 3; child++)
                text.Append($"{parent},{(child == 0 ? parent : parent[..^1] + "ACG"[child])},p{family},c{family}-{child}\n");
        }
        run.Write("t.csv", text.ToString());
        run.Run("pairs", "@t.csv", "--parent-column", "mother", "--child-column", "daughter", "--parent-id", "m", "--child-id", "d",
            "--dev", "0.2", "--test", "0.2", "--output", "@p");
        var splits = ((string[])["train", "dev", "test"]).Select(s => run.Rows($"p/{s}.csv")).ToList();
        Assert.All(splits, s => Assert.NotEmpty(s));
        var families = splits.Select(s => s.Select(r => r[2]).ToHashSet()).ToList();
        Assert.Empty(families[0].Intersect(families[1]).Concat(families[0].Intersect(families[2])));
        Assert.Contains(run.Said, s => s.Contains("0 pairs left out"));
        run.Run("pairs", "@t.csv", "--parent-column", "mother", "--child-column", "daughter", "--changed-only", "--output", "@q");
        Assert.DoesNotContain(((string[])["train", "dev", "test"]).SelectMany(s => run.Rows($"q/{s}.csv")), r => r[0] == r[1]);
    }

    [Fact]
    public void Bad_input_is_told_in_a_sentence()
    {
        run.Write("a.fa", ("a", "ACGT"), ("b", "ACGA"), ("c", "ACGA"));
        run.Write("short.fa", ("a", "ACGT"), ("b", "ACG"), ("c", "ACGA"));
        run.Write("t.nwk", "((a,b),c);");
        run.Write("more.nwk", "((a,b),(c,d));");
        run.Write("less.nwk", "(a,b);");
        run.Write("t.csv", "parent,child\nACGT,ACGA\n");
        string Fails(params string[] arguments) => run.Fails<DataException>("pairs", [.. arguments, "--output", "@x"]);
        Assert.Contains("more.nwk: the leaf 'd' has no sequence in", Fails("@a.fa", "--tree", "@more.nwk"));
        Assert.Contains("'c' is no leaf of", Fails("@a.fa", "--tree", "@less.nwk"));
        Assert.Contains("'b' has 3 columns, but 'a' has 4; the sequences must be aligned", Fails("@short.fa", "--tree", "@t.nwk"));
        Assert.Contains("is a table, but --tree needs", Fails("@t.csv", "--tree", "@t.nwk"));
        Assert.Contains("--window 2-9 goes beyond", Fails("@a.fa", "--window", "2-9"));
        Assert.Contains("'(\\d+)' is not found in 'a'", Fails("@a.fa", "--date", "(\\d+)"));
        Assert.Contains("dev would be empty", Fails("@a.fa", "--tree", "@t.nwk"));
        Assert.Contains("no column 'mother'", Fails("@t.csv", "--parent-column", "mother"));
        Assert.Contains("no column 'm'", Fails("@t.csv", "--parent-id", "m", "--child-id", "d"));
        Assert.Contains("no pair is left", Fails("@a.fa", "--window", "1-2", "--changed-only"));
    }
}
