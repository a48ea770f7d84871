using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Tests.Docs;

namespace PluginHost.Host.Tests.Models;

using static TorchSharp.torch;

/// <summary>The embed tool on a small model of each family.</summary>
public sealed class EmbedTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-embed-").FullName;

    public static TheoryData<string> Families => [.. TinyModel.Families];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string File(string name) => Path.Combine(folder, name);

    private List<Row> Run(TrainedModel model, IReadOnlyList<Sample> samples, params (string Name, object Value)[] options) =>
        Run(new ToolBench(model, samples), options);

    private List<Row> Run(ToolBench bench, params (string Name, object Value)[] options)
    {
        var output = File($"{Guid.NewGuid():N}.tsv");
        Embed(bench, output, options);
        return [.. System.IO.File.ReadLines(output).Where(l => l[0] != '#').Skip(1)
            .Select(l => new Row(l, options.Any(o => o.Name == "of")))];
    }

    private static void Embed(ToolBench bench, string output, params (string Name, object Value)[] options) =>
        Assert.Equal(0, Tool(output, options).RunAsync(bench, TestContext.Current.CancellationToken).GetAwaiter().GetResult());

    private static ITool Tool(string output, params (string Name, object Value)[] options)
    {
        var with = options.ToDictionary(o => o.Name, o => (object?)o.Value);
        with.TryAdd("input", "in.fa");
        with["output"] = output;
        var context = new PipelineBuildContext(RealHost.Components, null, null, PathSearch.WorkingDirectory);
        return RealHost.Components.Build<ITool>(new("embed", with), context);
    }

    /// <summary>The model's states "T D" for one sequence, alone and unpadded, and what each token covers.</summary>
    private static (float[][] States, BaseSpan[] Spans) ByHand(LoadedModel model, Sample sample, int? layer = null)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        model.Model.Train(false);
        var encoding = model.Tokenizer.Encode(sample, new EncodeContext(model.Recipe.MaxTokens));
        using var batch = Collation.Pad([sample], [encoding], 0);
        var output = model.Backbone.Forward(batch, Capture.HiddenStates);
        var states = layer is { } number ? output.HiddenStates[number] : output[StreamKey.Hidden];
        return ([.. Enumerable.Range(0, encoding.Ids.Length).Select(t => states[0, t].data<float>().ToArray())], encoding.Spans);
    }

    private static float[] Mean(IEnumerable<float[]> states) =>
        [.. states.Aggregate((a, b) => [.. a.Zip(b, (x, y) => x + y)]).Select(v => v / states.Count())];

    private static void Near(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var d = 0; d < expected.Length; d++)
            Assert.True(Math.Abs(expected[d] - actual[d]) < 1e-5, $"{d}: {expected[d]} and {actual[d]}");
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void The_vector_of_a_sequence_is_the_mean_of_its_tokens_whatever_it_is_batched_with(string family)
    {
        var model = TinyModel.Make(family);
        var samples = TinyModel.Sequences(30, 12, 25, 33, 9, 30, 18);
        foreach (var layer in (int?[])[null, 0, 1, 2])
        {
            var rows = Run(model, samples, layer is { } number ? [("layer", (long)number)] : []);
            Assert.Equal(samples.Select(s => s.Id), rows.Select(r => r.Id));
            foreach (var (sample, row) in samples.Zip(rows))
            {
                var (states, spans) = ByHand(model, sample, layer);
                Near(Mean(states.Where((_, t) => spans[t].Length > 0)), row.Values);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Tokens_come_with_their_states_and_their_bases(string family)
    {
        var model = TinyModel.Make(family);
        var samples = TinyModel.Sequences(30, 12, 25);
        var rows = Run(model, samples, ("of", "token"), ("layer", 1L));
        foreach (var sample in samples)
        {
            var (states, spans) = ByHand(model, sample, 1);
            var expected = spans.Select((span, t) => (span, states[t])).Where(x => x.span.Length > 0).ToList();
            var actual = rows.Where(r => r.Id == sample.Id).ToList();
            Assert.Equal(expected.Select(e => e.span), actual.Select(r => r.Span));
            foreach (var (one, row) in expected.Zip(actual)) Near(one.Item2, row.Values);
        }
    }

    [Fact]
    public void The_vector_of_both_strands_is_their_mean_with_the_forward_strands_place()
    {
        var model = TinyModel.Make("dnabert");
        var samples = TinyModel.Sequences(30, 12, 700);
        var forward = Run(model, samples).ToList();
        var reverse = Run(model, [.. samples.Select(s => s with { Sequence = Iupac.ReverseComplement(s.Sequence) })]);
        var both = Run(model, samples, ("bothStrands", true));
        Assert.Equal(samples.Select(s => s.Id), both.Select(r => r.Id));
        for (var i = 0; i < samples.Length; i++)
            Near([.. forward[i].Values.Zip(reverse[i].Values, (a, b) => (a + b) / 2)], both[i].Values);
        var output = File("placed.tsv");
        Embed(new ToolBench(model, [samples[0] with { Place = new("chr7", 100, 130, '.') }]), output, ("bothStrands", true));
        Assert.Contains("\tchr7\t100\t130\t.\t", System.IO.File.ReadAllLines(output)[^1], StringComparison.Ordinal);
        Assert.Contains("# strands: mean of both", System.IO.File.ReadAllLines(output));
    }

    [Theory]
    [InlineData(".csv")]
    [InlineData(".jsonl")]
    [InlineData(".jsonl.gz")]
    public void Text_formats_hold_the_same_numbers(string ending)
    {
        var model = TinyModel.Make("dnabert");
        var samples = TinyModel.Sequences(30, 12);
        samples[0] = samples[0] with { Id = "a, \"b\"" };
        var expected = Run(model, samples);
        var output = File("vectors" + ending);
        Embed(new ToolBench(model, samples), output);
        using Stream file = System.IO.File.OpenRead(output);
        using var reader = new StreamReader(ending.EndsWith(".gz") ? new GZipStream(file, CompressionMode.Decompress) : file);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l[0] != '#').ToList();
        if (ending == ".csv")
        {
            Assert.Equal("id,0,1,2", lines[0][..8]);
            Assert.StartsWith("\"a, \"\"b\"\"\",", lines[1], StringComparison.Ordinal);
            Near(expected[1].Values, [.. lines[2].Split(',').Skip(1).Select(v => float.Parse(v, CultureInfo.InvariantCulture))]);
            return;
        }
        using var first = JsonDocument.Parse(lines[0]);
        Assert.Equal("a, \"b\"", first.RootElement.GetProperty("id").GetString());
        Near(expected[0].Values, [.. first.RootElement.GetProperty("embedding").EnumerateArray().Select(v => v.GetSingle())]);
    }

    [Fact]
    public void Cls_and_last_are_states_of_one_token()
    {
        var model = TinyModel.Make("dnabert");
        var samples = TinyModel.Sequences(30, 12, 25);
        foreach (var (sample, i) in samples.Select((s, i) => (s, i)))
        {
            var (states, _) = ByHand(model, sample);
            Near(states[0], Run(model, samples, ("pooling", "cls"))[i].Values);
            Near(states[^1], Run(model, samples, ("pooling", "last"))[i].Values);
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void A_sequence_longer_than_the_model_is_cut_into_windows_that_lose_nothing(string family)
    {
        var model = TinyModel.Make(family);
        var samples = TinyModel.Sequences(30, 1234, 12, 700);
        var bench = new ToolBench(model, samples);
        var rows = Run(bench, ("of", "token"), ("overlap", 6L));
        Assert.Contains(bench.Said, s => s.StartsWith("2 of 4 sequences have more than ") && s.EndsWith(" windows that share 6 bases."));
        foreach (var sample in samples)
        {
            var spans = rows.Where(r => r.Id == sample.Id).Select(r => r.Span).ToList();
            Assert.Equal(spans.OrderBy(s => s.Start + s.End), spans);
            // Words of several bases may end within the other window's: what no word covers is shorter than one.
            var covered = new bool[sample.Sequence.Length];
            foreach (var span in spans) covered.AsSpan(span.Start, span.Length).Fill(true);
            Assert.True(covered.Count(c => !c) <= sample.Sequence.Length / 10, $"{covered.Count(c => !c)} of {sample.Sequence.Length}");
            if (family is "dnabert" or "enbed" or "windowed") Assert.Equal(spans.Count, spans.Distinct().Count());
            if (family is "dnabert" or "enbed" or "windowed") Assert.DoesNotContain(false, covered);
        }
        var (states, _) = ByHand(model, samples[1] with { Sequence = samples[1].Sequence[..30] });
        Assert.Equal(states[0].Length, rows[0].Values.Length);
    }

    [Fact]
    public void Windows_are_what_the_model_makes_of_them_alone()
    {
        var model = TinyModel.Make("dnabert");
        var sample = TinyModel.Sequences(100)[0];
        // 38 words of three bases beside [CLS] and [SEP]: windows of 40 bases.
        (int Start, int End)[] windows = [(0, 40), (34, 74), (68, 100)];
        var parts = windows.Select(w => (w, ByHand: ByHand(model, sample with { Sequence = sample.Sequence[w.Start..w.End] }))).ToList();
        var words = parts.SelectMany(p => p.ByHand.States.Where((_, t) => p.ByHand.Spans[t].Length > 0)).ToList();
        Near(Mean(words), Run(model, [sample], ("overlap", 6L))[0].Values);
        Near(Mean([.. parts.Select(p => p.ByHand.States[0])]), Run(model, [sample], ("overlap", 6L), ("pooling", "cls"))[0].Values);
        Near(parts[^1].ByHand.States[^1], Run(model, [sample], ("overlap", 6L), ("pooling", "last"))[0].Values);

        var rows = Run(model, [sample], ("overlap", 6L), ("of", "token"));
        Assert.Equal(Enumerable.Range(0, 98), rows.Select(r => r.Span.Start));
        foreach (var row in rows)
        {
            var middle = row.Span.Start + 1.5;
            var (window, byHand) = parts.Where(p => row.Span.Start >= p.w.Start && row.Span.End <= p.w.End)
                .MaxBy(p => Math.Min(p.w.Start == 0 ? 1e9 : middle - p.w.Start, p.w.End == 100 ? 1e9 : p.w.End - middle));
            Near(byHand.States[row.Span.Start - window.Start + 1], row.Values);
        }
    }

    [Theory]
    [InlineData('+')]
    [InlineData('-')]
    public void Tokens_of_placed_sequences_lie_on_the_genome_also_in_windows(char strand)
    {
        var model = TinyModel.Make("dnabert");
        var samples = TinyModel.Sequences(100, 20);
        samples = [samples[0] with { Place = new("chr7", 1000, 1100, strand) }, samples[1]];
        var plain = Run(model, [.. samples.Select(s => s with { Place = null })], ("of", "token"), ("overlap", 6L));

        var output = File("placed.tsv");
        Embed(new ToolBench(model, samples), output, ("of", "token"), ("overlap", 6L));
        var lines = System.IO.File.ReadLines(output).Where(l => l[0] != '#').ToList();
        Assert.StartsWith("id\tchromosome\tstart\tend\tstrand\t0", lines[0]);
        Assert.Equal(plain.Count, lines.Count - 1);
        foreach (var (row, line) in plain.Zip(lines.Skip(1)))
            Assert.StartsWith(row.Id != samples[0].Id ? $"{row.Id}\t\t{row.Span.Start}\t{row.Span.End}\t\t"
                : strand == '+' ? $"{row.Id}\tchr7\t{1000 + row.Span.Start}\t{1000 + row.Span.End}\t+\t"
                : $"{row.Id}\tchr7\t{1100 - row.Span.End}\t{1100 - row.Span.Start}\t-\t", line);

        Embed(new ToolBench(model, samples), output, ("force", true));
        Assert.StartsWith($"{samples[0].Id}\tchr7\t1000\t1100\t{strand}\t",
            System.IO.File.ReadLines(output).First(l => l[0] == samples[0].Id[0]));
    }

    [Fact]
    public void Progress_counts_sequences_not_windows()
    {
        List<long> done = [];
        Run(new ToolBench(TinyModel.Make("dnabert"), TinyModel.Sequences(30, 500, 30)) { OnProgress = done.Add }, ("batchTokens", 40L));
        Assert.Equal(done.Order(), done);
        Assert.All(done, d => Assert.InRange(d, 0, 3));
        Assert.Equal(3, done[^1]);
        Assert.True(done.Count > 5, $"{done.Count} batches");
    }

    [Fact]
    public void Pooling_does_not_go_with_tokens() => Assert.Contains("pooling: goes with vectors of sequences",
        Assert.Throws<UsageException>(() => Run(TinyModel.Make("dnabert"), TinyModel.Sequences(30), ("of", "token"), ("pooling", "cls")))
            .Message);

    [Theory]
    [InlineData("dnabert", "layer", 3L, "has 2 layers; give 0, the embeddings, to 2.")]
    [InlineData("dnagpt", "pooling", "cls", "has no classification token; use mean or last.")]
    [InlineData("dnabert", "windowTokens", 50L, "takes at most 40 tokens.")]
    public void A_pipeline_learns_before_its_first_stage_what_cannot_be(string family, string option, object value, string said)
    {
        var model = TinyModel.Make(family);
        Assert.EndsWith(said, Assert.Throws<UsageException>(() => Tool(File("e.tsv"), (option, value)).Check(model)).Message);
        Tool(File("e.tsv"), ("layer", 2L)).Check(model);
    }

    [Fact]
    public void Its_inputs_are_known_by_their_full_paths()
    {
        foreach (var name in (string[])["a.fa", "b.fa"]) System.IO.File.WriteAllText(File(name), ">x\nACGT\n");
        Assert.Equal([File("a.fa"), File("b.fa"), File("missing.fa")],
            Tool(File("e.tsv"), ("input", new List<object?> { File("?.fa"), File("missing.fa") })).Files);
    }

    [Theory]
    [InlineData("dnabert", "layer", 3L, "has 2 layers; give 0, the embeddings, to 2.")]
    [InlineData("dnagpt", "pooling", "cls", "has no classification token; use mean or last.")]
    [InlineData("enbed", "pooling", "cls", "has no classification token; use mean or last.")]
    [InlineData("dnabert", "windowTokens", 50L, "takes at most 40 tokens.")]
    [InlineData("dnabert", "overlap", 40L, "is cut into windows of 40 bases, which must be longer than what they share.")]
    public void What_cannot_be_is_said_in_one_sentence(string family, string option, object value, string said)
    {
        var model = TinyModel.Make(family);
        var message = Assert.Throws<UsageException>(() => Run(model, TinyModel.Sequences(30, 90), (option, value))).Message;
        Assert.EndsWith(said, message);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void What_was_begun_is_gone_after_a_failure_or_an_interruption()
    {
        var model = TinyModel.Make("dnabert");
        using var stop = new CancellationTokenSource();
        foreach (var extension in (string[])["tsv", "tsv.gz", "npz", "parquet"])
        {
            var context = new PipelineBuildContext(RealHost.Components, null, null, PathSearch.WorkingDirectory);
            var tool = RealHost.Components.Build<ITool>(
                new("embed", new Dictionary<string,
                    object?>
                { ["input"] = "in.fa", ["output"] = File("x." + extension), ["batchTokens"] = 40L }), context);
            var bench = new ToolBench(model, TinyModel.Sequences(30, 30, 30, 30)) { OnProgress = _ => stop.Cancel() };
            Assert.ThrowsAny<OperationCanceledException>(() => tool.RunAsync(bench, stop.Token).GetAwaiter().GetResult());
            Assert.Empty(Directory.GetFiles(folder));
        }
    }

    private sealed class Row
    {
        public Row(string line, bool ofToken)
        {
            var cells = line.Split('\t');
            Id = cells[0];
            if (ofToken) Span = new(int.Parse(cells[1], CultureInfo.InvariantCulture), int.Parse(cells[2], CultureInfo.InvariantCulture));
            Values = [.. cells.Skip(ofToken ? 3 : 1).Select(c => float.Parse(c, CultureInfo.InvariantCulture))];
        }

        public string Id { get; }

        public BaseSpan Span { get; }

        public float[] Values { get; }
    }
}
