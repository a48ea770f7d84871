using System.Globalization;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Tests.Docs;

namespace PluginHost.Host.Tests.Models;

using static TorchSharp.torch;

/// <summary>Likelihood ratios, by whole forward passes of one sequence at a time and nothing of the tool's.</summary>
public sealed class VariantLikelihoodTests : IDisposable
{
    private const int Window = 31;
    private static readonly string dna = System.IO.File.ReadLines(Path.Combine(Repository.Root, "samples", "fly_splice", "train.csv"))
        .Skip(1).First().Split(',').First(c => c.Length > 50);

    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-likelihoods-").FullName;

    public VariantLikelihoodTests() => System.IO.File.WriteAllText(Path.Combine(folder, "g.fa"), $">c1\n{dna}\n");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private double[] Score(string family, string kind, IEnumerable<(int At, string Ref, string Alt)> variants)
    {
        using var off = no_grad();
        var (table, output) = (Path.Combine(folder, "v.tsv"), Path.Combine(folder, "o.tsv"));
        System.IO.File.WriteAllLines(table, variants.Select(v => $"{v.At}\t{v.Ref}\t{v.Alt}").Prepend("offset\tref\talt"));
        var tool = RealHost.Components.Build<ITool>(new("variants score", new Dictionary<string, object?>
        {
            ["variants"] = table, ["genome"] = Path.Combine(folder, "g.fa"), ["output"] = output, ["window"] = Window, ["score"] = kind,
            ["force"] = true,
        }), new PipelineBuildContext(RealHost.Components, null, null, PathSearch.WorkingDirectory));
        var bench = new ToolBench(TinyModel.Make(family), []);
        Assert.Equal(0, tool.RunAsync(bench, TestContext.Current.CancellationToken).GetAwaiter().GetResult());
        return [.. System.IO.File.ReadAllLines(output).Where(l => l[0] != '#').Skip(1)
            .Select(l => double.Parse(l.Split('\t')[^1], CultureInfo.InvariantCulture))];
    }

    private static (string Reference, string Alternative) Windows(int at, string taken, string put)
    {
        var longer = Math.Max(taken.Length, put.Length);
        var (before, after) = ((Window - longer) / 2, Window - longer - (Window - longer) / 2);
        var (left, right) = (dna.Substring(at - before, before), dna.Substring(at + taken.Length, after));
        return (left + taken + right, left + put + right);
    }

    /// <summary>A substitution, and an insertion and a deletion that do not move left.</summary>
    private static (int At, string Ref, string Alt)[] Variants()
    {
        var place = Enumerable.Range(40, 20).First(i => dna[i] != dna[i - 1] && dna[i] != dna[i + 1]);
        var other = "ACGT".First(b => b != dna[place] && b != dna[place - 1]);
        return [(place, dna[place].ToString(), other.ToString()), (place, dna[place].ToString(), ""), (place, "", $"{other}"),
            (place + 1, dna[place + 1].ToString(), "ACGT".First(b => b != dna[place + 1]).ToString())];
    }

    [Fact]
    public void A_decoder_fills_in_each_allele()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var variants = Variants();
        var scores = Score("enbed", "span", variants);
        var model = TinyModel.Make("enbed");
        for (var v = 0; v < variants.Length; v++)
        {
            var (at, taken, put) = variants[v];
            var (reference, alternative) = Windows(at, taken, put);
            var start = (Window - Math.Max(taken.Length, put.Length)) / 2;
            var beside = taken.Length == 0 || put.Length == 0 ? 1 : 0;
            var expected = ByHand(alternative, start - beside, put.Length + 2 * beside)
                - ByHand(reference, start - beside, taken.Length + 2 * beside);
            Assert.True(Math.Abs(expected - scores[v]) < 1e-4, $"{expected} by hand, {scores[v]} written");
        }

        double ByHand(string window, int from, int length)
        {
            var vocabulary = model.Tokenizer.Vocabulary;
            int Id(char b) => model.Tokenizer.Encode(new("b", b.ToString()), new EncodeContext(SpecialTokens: false)).Ids.Single();
            var (sentinel, end) = (vocabulary.Find("<extra_id_0>")!.Value, vocabulary.Separator!.Value);
            long[] input =
                [.. window[..from].Select(b => (long)Id(b)), sentinel, .. window[(from + length)..].Select(b => (long)Id(b)), end];
            long[] target = [sentinel, .. window.Substring(from, length).Select(b => (long)Id(b)), end];
            using var batch = new Batch([new("w", window)], [])
                .Set(Keys.InputIds, tensor(input).unsqueeze(0))
                .Set(Keys.AttentionMask, ones([1, input.Length], ScalarType.Bool))
                .Set(Keys.DecoderIds, tensor([vocabulary.Pad!.Value, .. target[..^1]]).unsqueeze(0));
            var logits_UV = model.Predict(model.Forward(batch), batch)[model.Heads.Keys.Single()][0];
            return Enumerable.Range(1, target.Length - 1).Sum(u => logits_UV[u].log_softmax(0)[target[u]].item<float>());
        }
    }

    [Fact]
    public void Alleles_that_share_a_beginning_have_the_likelihoods_of_whole_passes()
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var variants = Variants();
        var scores = Score("dnagpt", "causal", variants);
        var model = TinyModel.Make("dnagpt");
        for (var v = 0; v < variants.Length; v++)
        {
            var (reference, alternative) = Windows(variants[v].At, variants[v].Ref, variants[v].Alt);
            var expected = ByHand(alternative) - ByHand(reference);
            Assert.True(Math.Abs(expected - scores[v]) < 1e-4, $"{expected} by hand, {scores[v]} written");
        }

        double ByHand(string window)
        {
            var encoding = model.Tokenizer.Encode(new("w", window), new EncodeContext(40));
            using var batch = Collation.Pad([new("w", window)], [encoding], 0);
            var logits_TV = model.Predict(model.Forward(batch), batch)[model.Heads.Keys.Single()][0];
            return Enumerable.Range(1, encoding.Ids.Length - 1).Where(t => encoding.Spans[t].Length > 0)
                .Sum(t => logits_TV[t - 1].log_softmax(0)[encoding.Ids[t]].item<float>());
        }
    }

    [Theory]
    [InlineData("masked")]
    [InlineData("pseudo")]
    public void G_grams_that_hold_a_hidden_token_are_not_shown(string kind)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var model = TinyModel.Make("dnazen");
        var (ids, ranges) = (new BatchKey("ggram_ids", ScalarType.Int64, "B G"), new BatchKey("ggram_ranges", ScalarType.Int64, "B O S"));
        // A base that a G-gram of its window covers.
        var at = Enumerable.Range(20, dna.Length - 40).First(i => GGramsOver(Encode(Windows(i, dna[i].ToString(), "A").Reference)).Any());
        var put = dna[at] == 'A' ? "C" : "A";
        var (reference, alternative) = Windows(at, dna[at].ToString(), put);
        var written = Score("dnazen", kind, [(at, dna[at].ToString(), put)])[0];
        var expected = ByHand(alternative, hide: true) - ByHand(reference, hide: true);
        Assert.True(Math.Abs(expected - written) < 1e-4, $"{expected} by hand, {written} written");
        Assert.True(Math.Abs(ByHand(alternative, hide: false) - ByHand(reference, hide: false) - written) > 1e-4, "G-grams told nothing");

        EncodedSequence Encode(string window) => model.Tokenizer.Encode(new("w", window), new EncodeContext(40) { Scoring = true });

        IEnumerable<int> GGramsOver(EncodedSequence encoding)
        {
            var (found, centre) = ((long[,])encoding.Attached[ranges], new BaseSpan(Window / 2, Window / 2 + 1));
            return Enumerable.Range(0, found.GetLength(0)).Where(o => Enumerable.Range((int)found[o, 1], (int)(found[o, 2] - found[o, 1]))
                .Any(t => encoding.Spans[t].Overlaps(centre)));
        }

        double ByHand(string window, bool hide)
        {
            var encoding = Encode(window);
            int[] asked = [.. Enumerable.Range(0, encoding.Ids.Length).Where(t => encoding.Spans[t].Length > 0
                && (kind == "pseudo" || encoding.Spans[t].Overlaps(new(Window / 2, Window / 2 + 1))))];
            return kind == "masked" ? asked.Sum(t => LogP(encoding, asked, t, hide)) : asked.Sum(t => LogP(encoding, [t], t, hide));
        }

        double LogP(EncodedSequence encoding, int[] hidden, int token, bool hide)
        {
            var shown = (int[])encoding.Ids.Clone();
            foreach (var t in hidden) shown[t] = model.Tokenizer.Vocabulary.Mask!.Value;
            var (of, places) = ((long[,])encoding.Attached[ranges], (long[])encoding.Attached[ids]);
            var left = Enumerable.Range(0, of.GetLength(0))
                .Where(o => !hide || !hidden.Any(t => of[o, 1] <= t && t < of[o, 2])).ToList();
            var kept = left.Select(o => of[o, 0]).Distinct().Order().ToList();
            var match = new bool[shown.Length, kept.Count];
            foreach (var o in left)
                for (var t = of[o, 1]; t < of[o, 2]; t++) match[t, kept.IndexOf(of[o, 0])] = true;
            var edited = new EncodedSequence(shown, encoding.Spans)
                .With(ids, kept.Select(p => places[p]).ToArray())
                .With(new BatchKey("ggram_mask", ScalarType.Bool, "B G"), kept.Select(_ => true).ToArray())
                .With(new BatchKey("ggram_match", ScalarType.Bool, "B T G"), match);
            using var batch = Collation.Pad([new("w", "")], [edited], 0);
            var logits_TV = model.Predict(model.Forward(batch), batch)[model.Heads.Keys.Single()][0];
            return logits_TV[token].log_softmax(0)[encoding.Ids[token]].item<float>();
        }
    }
}
