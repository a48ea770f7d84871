using System.Globalization;
using System.Text;
using PluginHost.Host.Pipelines.Settings;

namespace PluginHost.Host.Tests.Models;

/// <summary>Tokens of small models beside motifs that are made of some of them.</summary>
public sealed class InterpretCompareTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-compare-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Run(TrainedModel model, params (string Name, object Value)[] options) =>
        new ToolBench(model, []).Run("interpret compare", folder, [("motifs", Path.Combine(folder, "motifs.txt")), .. options]);

    private void Motifs(params (string Id, string Sites)[] motifs)
    {
        var text = new StringBuilder();
        foreach (var (id, site) in motifs)
        {
            text.Append($">{id}\n");
            foreach (var letter in "ACGT") text.Append($"{letter} [ {string.Join(' ', site.Select(c => c == letter ? 20 : 0))} ]\n");
        }
        File.WriteAllText(Path.Combine(folder, "motifs.txt"), text.ToString());
    }

    private static List<string[]> Rows(string folder, string file) => ToolBench.Rows(folder, file);

    [Fact]
    public void A_token_is_found_in_the_motif_that_holds_it_at_its_place_and_strand()
    {
        var model = TinyModel.Make("dnabert-2");
        var tokens = model.Tokenizer.Vocabulary.Tokens.Where(t => t.Length == 6 && t.All("ACGT".Contains)
            && Iupac.ReverseComplement(t) != t).ToList();
        var (one, other) = (tokens[0], tokens.First(t => t != tokens[0] && t != Iupac.ReverseComplement(tokens[0])));
        var random = new SeededRandom(4);
        string Some(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => "ACGT"[(int)random.Next(4)]));
        Motifs([("one", $"GC{one}A"), ("other", Iupac.ReverseComplement(other)),
            .. Enumerable.Range(0, 20).Select(n => ($"chance{n}", Some(8)))]);
        var output = Run(model, ("shortest", 6L), ("overlap", 6L));

        var rows = Rows(output, "tokens.tsv");
        var all = model.Tokenizer.Vocabulary.Tokens.Where(t => t.Length >= 6 && t.All("ACGT".Contains)).ToList();
        Assert.Equal(all, rows.Select(r => r[1]));
        Assert.All(rows, r => Assert.Equal(model.Tokenizer.Vocabulary.Tokens[int.Parse(r[0], CultureInfo.InvariantCulture)], r[1]));
        Assert.Equal(["one", "", "+", "-2", "6"], rows.Single(r => r[1] == one)[4..9]);
        Assert.Equal(["other", "", "-", "0", "6"], rows.Single(r => r[1] == other)[4..9]);
        Assert.True(double.Parse(rows.Single(r => r[1] == other)[10], CultureInfo.InvariantCulture) <= 0.05);

        var hits = Rows(output, "hits.tsv");
        Assert.All(hits, h => Assert.True(double.Parse(h[8], CultureInfo.InvariantCulture) <= 0.05));
        Assert.Contains(hits, h => h[1] == other && h[2] == "other");
        Assert.Equal(hits.GroupBy(h => h[1]).ToDictionary(g => g.Key, g => $"{g.Count()}"),
            rows.Where(r => r[3] != "0").ToDictionary(r => r[1], r => r[3]));
        Assert.Equal($"{hits.Count(h => h[2] == "one")}", Rows(output, "motifs.tsv").Single(m => m[0] == "one")[4]);
        Assert.Contains("<svg", File.ReadAllText(Path.Combine(output, "logos", "0001.svg")));
    }

    [Theory]
    [InlineData("dnabert", 3)]
    [InlineData("dnagpt", 3)]
    [InlineData("dnazen", 8)]
    [InlineData("genomics-fm", 8)]
    public void Tokens_of_plain_bases_are_compared_and_others_left_out(string family, int shortest)
    {
        var model = TinyModel.Make(family);
        Motifs(("one", "ACGTACGT"), ("other", "GATTACA"));
        var rows = Rows(Run(model, ("shortest", (long)shortest), ("logos", 1L)), "tokens.tsv");
        Assert.Equal(model.Tokenizer.Vocabulary.Tokens.Where((t, id) => !model.Tokenizer.Vocabulary.IsSpecial(id)
            && t.Length >= shortest && t.All("ACGT".Contains)), rows.Select(r => r[1]));
        Assert.All(rows, r => Assert.InRange(double.Parse(r[9], CultureInfo.InvariantCulture), 0, 1));
    }

    [Fact]
    public void A_model_of_single_bases_is_refused_and_nothing_written()
    {
        Motifs(("one", "ACGTACGT"));
        Assert.EndsWith("has no token of so many bases; its longest has 1.",
            Assert.Throws<UsageException>(() => Run(TinyModel.Make("enbed"))).Message);
        Assert.False(Path.Exists(Path.Combine(folder, "out")));
    }
}
