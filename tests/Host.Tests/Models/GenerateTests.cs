using System.Globalization;
using MathNet.Numerics.Distributions;
using PluginHost.Host.Models;
using PluginHost.Host.Tests.Docs;

namespace PluginHost.Host.Tests.Models;

using static TorchSharp.torch;

/// <summary>What <c>host generate</c> writes, against the model's own probabilities.</summary>
public sealed class GenerateTests : IDisposable
{
    private static readonly CancellationToken none = CancellationToken.None;

    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-generate-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private static (string Name, object Value) Prompts(params string[] bases) => ("prompt", bases.Cast<object?>().ToList());

    /// <summary>Writes a table; returns its rows: id, prompt, sequence, tokens, log-probability, per base, end, attempt, seed.</summary>
    private List<string[]> Write(LoadedModel model, params (string Name, object Value)[] options) =>
        ToolBench.Rows(folder, Path.GetFileName(new ToolBench(model, []).Run("generate", folder, options)));

    private static Action<long> StopAt(CancellationTokenSource stop, long most) => done =>
    {
        if (done >= most) stop.Cancel();
    };

    /// <summary>The model's log-probability of tokens after others, in one pass over them all.</summary>
    private static double LogProbability(LoadedModel model, IReadOnlyList<int> before, IReadOnlyList<int> tokens)
    {
        using var off = no_grad();
        using var scope = NewDisposeScope();
        long[] ids = [.. before, .. tokens];
        var batch = new Batch([], []);
        batch.Set(Keys.InputIds, tensor(ids, [1, ids.Length])).Set(Keys.AttentionMask, ones([1, ids.Length], ScalarType.Bool));
        var scores_TV = model.Heads["lm"].Forward(model.Backbone.Forward(batch, Capture.None), batch)[0].log_softmax(1);
        return tokens.Select((token, i) => (double)scores_TV[before.Count + i - 1, token].item<float>()).Sum();
    }

    [Fact]
    public void Records_have_the_length_and_the_models_own_probability()
    {
        var model = TinyModel.Make(TinyModel.Stopping);
        var vocabulary = model.Tokenizer.Vocabulary;
        var rows = Write(model, ("length", 12L), ("exact", true), ("count", 5L), ("begin", "gat"), ("alphabet", "ACGT"));
        Assert.Equal(["generated_1", "generated_2", "generated_3", "generated_4", "generated_5"], rows.Select(r => r[0]));
        foreach (var row in rows)
        {
            Assert.Matches("^GAT[ACGT]{9}$", row[2]);
            Assert.Equal(("", "12", "complete", "1", "1"), (row[1], row[3], row[6], row[7], row[8]));
            var tokens = row[2].Select(b => vocabulary.Find($"{b}")!.Value).ToList();
            var byHand = LogProbability(model, [vocabulary.Find("<R>")!.Value], tokens);
            Assert.Equal(byHand, Number(row[4]), 1e-3);
            Assert.Equal(byHand / 12, Number(row[5]), 1e-4);
        }
        Assert.Equal(5, rows.Select(r => r[2]).Distinct().Count());
    }

    [Fact]
    public void What_stops_elsewhere_is_discarded_and_written_anew_whatever_the_batch()
    {
        var model = TinyModel.Make(TinyModel.Stopping);
        (string, object)[] options = [("length", 2L), ("count", 60L), ("temperature", 3.0), ("alphabet", "ACGT")];
        var bench = new ToolBench(model, []);
        var rows = ToolBench.Rows(folder, Path.GetFileName(bench.Run("generate", folder, [.. options, ("batch", 7L)])));
        Assert.All(rows, r => Assert.Equal((2, "3", "stop"), (r[2].Length, r[3], r[6])));
        var tries = rows.Sum(r => int.Parse(r[7], CultureInfo.InvariantCulture));
        Assert.Contains(rows, r => r[7] != "1");
        Assert.Contains($"{tries - 60:N0} others discarded", bench.Said[^1]);
        foreach (var batch in (long[])[1, 64])
            Assert.Equal(rows.Select(r => (r[2], r[7])), Write(model, [.. options, ("batch", batch)]).Select(r => (r[2], r[7])));
        Assert.NotEqual(rows.Select(r => r[2]), Write(model, [.. options, ("seed", 2L)]).Select(r => r[2]));
    }

    [Fact]
    public async Task Where_nearly_all_is_discarded_nothing_is_written()
    {
        var model = TinyModel.Make(TinyModel.Stopping);
        var output = Path.Combine(folder, "none.fa");
        var tool = ToolBench.Tool("generate", output, ("length", 30L), ("count", 3L), ("forbid", "Q"), ("model", folder));
        File.WriteAllText(Path.Combine(folder, "model.bin"), "");
        var failure = await Assert.ThrowsAsync<DataException>(() => tool.RunAsync(new ToolBench(model, []), none));
        Assert.StartsWith("tiny/dnagpt-stopping: of 60 sequences it wrote, ", failure.Message);
        Assert.Equal(["model.bin"], Directory.EnumerateFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void First_tokens_are_as_frequent_as_the_model_says()
    {
        const int count = 4000;
        var model = TinyModel.Make(TinyModel.Stopping);
        var vocabulary = model.Tokenizer.Vocabulary;
        var rows = Write(model, ("maxTokens", 1L), ("count", (long)count), ("batch", 1000L), ("stop", "none"), ("temperature", 0.5));
        var letters = "ACGTN".ToDictionary(b => $"{b}", b => 2 * LogProbability(model, [vocabulary.Find("<R>")!.Value],
            [vocabulary.Find($"{b}")!.Value]));
        var whole = letters.Values.Sum(Math.Exp);
        var chi = letters.Sum(l =>
        {
            var expected = count * Math.Exp(l.Value) / whole;
            return Math.Pow(rows.Count(r => r[2] == l.Key) - expected, 2) / expected;
        });
        Assert.InRange(ChiSquared.CDF(letters.Count - 1, chi), 0, 0.999);
    }

    [Fact]
    public void A_prompt_goes_on_from_whole_words_and_its_last_bases_are_written_again()
    {
        var model = TinyModel.Make(TinyModel.Prompted);
        model.SampleFields = new Dictionary<string, object> { ["species"] = "human" };
        var vocabulary = model.Tokenizer.Vocabulary;
        var row = Assert.Single(Write(model, Prompts("ACGTTGA"), ("length", 5L), ("alphabet", "ACGT"), ("field", "species=human")));
        Assert.Equal(("prompt1", "ACGTTGA", 5, "complete"), (row[0], row[1], row[2].Length, row[6]));
        int[] before = [.. ((string[])["<R>", "ACG", "TTG"]).Select(t => vocabulary.Find(t)!.Value)];
        // All ways of cutting the last base of the prompt and the record into words: one of them was written.
        Assert.Contains(Words("A" + row[2]), words => words.Count == int.Parse(row[3], CultureInfo.InvariantCulture)
            && Math.Abs(LogProbability(model, before, [.. words.Select(w => vocabulary.Find(w)!.Value)]) - Number(row[4])) < 1e-3);

        static IEnumerable<List<string>> Words(string bases) => bases.Length == 0 ? [[]] : Enumerable.Range(1, Math.Min(3, bases.Length))
            .SelectMany(k => Words(bases[k..]).Select(rest => (List<string>)[bases[..k], .. rest]));
    }

    [Fact]
    public async Task What_was_stopped_goes_on_and_gives_the_same_file()
    {
        var model = TinyModel.Make(TinyModel.Stopping);
        var files = Directory.CreateDirectory(Path.Combine(folder, "model")).FullName;
        (string, object)[] options =
            [("length", 3L), ("count", 40L), ("temperature", 3.0), ("alphabet", "ACGT"), ("batch", 4L), ("model", files)];
        var whole = File.ReadAllBytes(new ToolBench(model, []).Run("generate", folder, options));
        var output = Path.Combine(folder, "stopped.tsv");
        foreach (var most in (long[])[9, 23, 35])
        {
            using var stop = new CancellationTokenSource();
            var bench = new ToolBench(model, []) { OnProgress = StopAt(stop, most) };
            await Assert.ThrowsAsync<OperationCanceledException>(() =>
                ToolBench.Tool("generate", output, options).RunAsync(bench, stop.Token));
            Assert.Contains("the same command goes on there.", bench.Said[^1]);
            Assert.False(File.Exists(output));
        }
        var other = await Assert.ThrowsAsync<UsageException>(() => ToolBench.Tool("generate", output, [.. options, ("seed", 2L)])
            .RunAsync(new ToolBench(model, []), none));
        Assert.Contains("that had another seed;", other.Message);
        // The last bytes of a block that was being written are lost.
        var journal = Assert.Single(Directory.EnumerateFiles(folder, ".stopped*"));
        using (var file = new FileStream(journal, FileMode.Open)) file.SetLength(file.Length - 3);
        var going = new ToolBench(model, []);
        Assert.Equal(0, await ToolBench.Tool("generate", output, options).RunAsync(going, none));
        Assert.StartsWith("A generation that was stopped goes on: ", going.Said[0]);
        Assert.Equal(whole, File.ReadAllBytes(output));
        Assert.False(File.Exists(journal));
    }

    [Theory]
    [InlineData("dnabert", true)]
    [InlineData("dnabert-2", true)]
    [InlineData("genomics-fm", true)]
    [InlineData("dnazen", false)]
    public void Masked_models_fill_in_the_length_that_was_asked_for(string family, bool takesPrompts)
    {
        var model = TinyModel.Make(family);
        var rows = Write(model, ("length", 30L), ("count", 3L), ("alphabet", "ACGT"), ("passes", 4L));
        Assert.All(rows, r => Assert.Matches("^[ACGT]{30}$", r[2]));
        Assert.Equal(3, rows.Select(r => r[2]).Distinct().Count());
        Assert.Equal(rows.Select(r => r[2]),
            Write(model, ("length", 30L), ("count", 3L), ("alphabet", "ACGT"), ("passes", 4L), ("batch", 2L)).Select(r => r[2]));
        if (!takesPrompts) return;
        var row = Assert.Single(Write(model, Prompts("GATTACA"), ("length", 15L), ("begin", "CCCGG"), ("alphabet", "ACGT")));
        Assert.Matches("^CCCGG[ACGT]{10}$", row[2]);
        Assert.Equal(("GATTACA", "complete"), (row[1], row[6]));
    }

    [Fact]
    public void An_encoder_decoder_writes_from_its_source_and_beams_give_the_best_ones()
    {
        var model = TinyModel.Make("enbed");
        var rows = Write(model, Prompts("ACGTTGCA", "GGGTTA"), ("length", 6L), ("exact", true), ("alphabet", "ACGT"), ("decoder", "beam"),
            ("width", 4L), ("best", 3L));
        Assert.Equal(["prompt1_1", "prompt1_2", "prompt1_3", "prompt2_1", "prompt2_2", "prompt2_3"], rows.Select(r => r[0]));
        Assert.All(rows, r => Assert.Matches("^[ACGT]{6}$", r[2]));
        Assert.True(Number(rows[0][4]) >= Number(rows[1][4]) && Number(rows[1][4]) >= Number(rows[2][4]));
        Assert.NotEqual(rows[0][4], rows[3][4]);
    }

    /// <summary>Trained to write one sequence from another: as the objective puts the source before the model.</summary>
    [Theory]
    [InlineData("enbed-seq2seq")]
    [InlineData("dnagpt-seq2seq")]
    public void Models_of_pairs_write_what_their_objective_would_have_them_write(string family)
    {
        var model = TinyModel.Make(family);
        var objective = (IWritingObjective)model.Objective;
        var rows = Write(model, Prompts("ACGTTGCAGG", "GGGTTA"), ("decoder", "greedy"), ("maxTokens", 7L), ("alphabet", "ACGT"));
        var greedy = RealHost.Components.Build<IDecoder>(new("greedy"), null!);
        foreach (var (source, row) in ((string[])["ACGTTGCAGG", "GGGTTA"]).Zip(rows))
        {
            using var prompt = objective.Collate([new("s", source)], new(model.Tokenizer, 40, CollateMode.Predict, new(0)));
            var forbidden = Enumerable.Range(0, model.Tokenizer.Vocabulary.Count).Where(id => !objective.Ends.Contains(id)
                && (model.Tokenizer.Vocabulary.IsSpecial(id) || model.Tokenizer.Decode([id]).Any(b => !"ACGT".Contains(b)))).ToList();
            var written = model.Decode(model.Place(prompt), greedy, new(7) { Stop = objective.Ends, Forbidden = forbidden }, none)[0];
            Assert.Equal(model.Tokenizer.Decode([.. written.Tokens]), row[2]);
            Assert.Equal(written.LogProbability, Number(row[4]), 1e-3);
        }
        Assert.NotEqual(rows[0][4], rows[1][4]);
    }

    [Fact]
    public void An_infinite_temperature_draws_from_all_alike()
    {
        var rows = Write(TinyModel.Make(TinyModel.Stopping), ("length", 12L), ("exact", true), ("count", 40L),
            ("temperature", double.PositiveInfinity), ("alphabet", "AC"));
        // 480 draws of one half: four standard deviations.
        Assert.InRange(rows.Sum(r => r[2].Count(c => c == 'A')), 240 - 44, 240 + 44);
    }

    [Theory]
    [InlineData(TinyModel.Stopping, "takes 40 tokens of at most 1 base; ask for fewer bases.", "length", 41L, "exact", true)]
    [InlineData(TinyModel.Stopping, "--stop ?: the vocabulary of tiny/dnagpt-stopping has no such token", "stop", "?")]
    [InlineData(TinyModel.Stopping, "--forbid <!>: it is the token that ends", "forbid", "!", "stop", "!")]
    [InlineData(TinyModel.Stopping, "'T' at position 2", "begin", "AU", "alphabet", "ACG")]
    [InlineData("dnagpt", "has nothing to start from", "length", 6L)]
    [InlineData("enbed", "writes from a sequence that it reads", "length", 6L)]
    [InlineData("dnabert", "say with --length how many bases", "count", 1L)]
    [InlineData("dnabert", "which 'beam' cannot search", "length", 6L, "decoder", "beam")]
    [InlineData("dnabert", "more than the 40 that", "length", 100L)]
    [InlineData("dnabert", "has no token for so few bases", "length", 2L)]
    [InlineData("dnabert", "are for models that write token by token", "length", 6L, "maxTokens", 3L)]
    [InlineData("dnabert", "are for models that write token by token", "length", 6L, "noRepeat", 2L)]
    [InlineData(TinyModel.Stopping, "--passes: tiny/dnagpt-stopping writes token by token", "length", 6L, "passes", 3L)]
    [InlineData("windowed", "it has no head that predicts tokens", "length", 6L)]
    [InlineData(TinyModel.Stopping, "there is no decoder 'greed'", "decoder", "greed")]
    [InlineData(TinyModel.Stopping, "unknown option 'width'", "decoder", "greedy", "width", 3L)]
    [InlineData(TinyModel.Stopping, "would write the same each time", "decoder", "greedy", "count", 3L)]
    [InlineData(TinyModel.Stopping, "has no token '?'", "ask", "= ?")]
    [InlineData(TinyModel.Stopping, "has no head that answers with a number", "ask", "= M")]
    public void What_cannot_be_written_is_said_in_one_sentence(string family, string said, params object[] options)
    {
        var with = options.Chunk(2).Select(o => ((string)o[0], o[1])).ToList();
        var failure = Assert.ThrowsAny<Exception>(() => Write(TinyModel.Make(family), [.. with]));
        Assert.True(failure is UsageException or DataException, failure.ToString());
        Assert.Contains(said, failure.Message);
        Assert.Empty(Directory.EnumerateFiles(folder));
    }
}
