using System.Globalization;
using PluginHost.Libs.Figures;
using PluginHost.Libs.Files;
using PluginHost.Libs.Tools;
using PluginHost.Libs.Tools.Input;
using PluginHost.Libs.Tools.Strands;

namespace PluginHost.Plugins.Interpret.Decoders;

using static TorchSharp.torch;

/// <summary><c>host interpret decoder</c></summary>
/// <param name="options">Validated.</param>
/// <param name="build">Where files to read lie, and who makes the decoder.</param>
internal sealed class DecoderTool(DecoderOptions options, BuildContext build) : ITool
{
    private const string Command = "interpret decoder";

    // A batch's shares grow with both of its lengths, and all of them are kept.
    private const int BatchTokens = 1024;

    /// <summary>More cells than this are no figure.</summary>
    private const int MostDrawn = 250_000;

    private string Stack => options.Stack == DecoderStack.Cross ? AttentionStacks.Cross : AttentionStacks.Decoder;

    /// <inheritdoc/>
    public IReadOnlyList<string> Files => [.. ToolInput.Files(options, build), .. options.TargetFile is { } file
        ? PathPatterns.Meant([file], build.ResolvePath) : []];

    /// <inheritdoc/>
    public void Check(TrainedModel model)
    {
        using var scope = NewDisposeScope();
        // A token written shows that the model can; targets of the data come later.
        var writes = options.TargetFile is null && options.Target == DecoderOptions.Written;
        var targets = new Targets(model, new() { Target = writes ? DecoderOptions.Written : DecoderOptions.Itself, MaxTokens = 1 }, null,
            build.Build<IDecoder>(new("greedy")));
        foreach (var (batch, _) in model.Batches(ListedSource.ProbeOf(model), new() { TokensOnly = true }))
        {
            using var given = targets.Give(batch, targets.Of(batch, default));
            _ = StackShares.Of(model, given, Stack, options.Layer, options.Head);
        }
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(ToolContext context, CancellationToken cancellation)
    {
        var path = ResultFolder.Check(Command, context.OutputPath(options.Output), options.Force, Files);
        using var model = context.OpenModel(options.Model, options.Device, options.Field);
        Check(model);
        var input = ToolInput.Open(context, options, build);
        var targets = new Targets(model, options, OfFile(context), build.Build<IDecoder>(new("greedy")));
        using var folder = ResultFolder.Begin(Command, path, options.Force);
        var page = new Page($"What the decoder of {model.Name} looks at");
        List<(string Caption, string Svg)> figures = [];
        var counts = new LookCounts(options.Stack);
        using (var table = folder.Write("looks.tsv"))
        {
            table.WriteLine($"# model: {model.Name}; {What}; positions are counted from 0");
            table.WriteLine("id\tposition\tbase\tlooks_at\tlooks_at_base\tshare");
            foreach (var looks in Read(model, input, targets, context, cancellation))
            {
                Write(table, looks, counts);
                if (figures.Count < options.Figures) figures.Add(Figure(folder, looks, figures.Count + 1));
            }
        }
        var summary = new ResultTable("", ["figure", "value"]);
        foreach (var (name, value) in counts.Figures()) summary.Add(name, value);
        folder.Add("summary.tsv", string.Concat(summary.Rows.Prepend(summary.Columns).Select(r => string.Join('\t', r) + "\n")));
        context.Show(summary);
        page.Note(What).Table(summary.Columns, summary.Rows).Heading("Sequences");
        foreach (var (caption, svg) in figures) page.Figure(svg, caption);
        folder.Add("report.html", page.Html());
        folder.Commit();
        context.Say($"{Wording.Counted(input.Count, "sequence")} read: {path}");
        return Task.FromResult(0);
    }

    private string What => (options.Stack == DecoderStack.Cross ? "attention of written bases to those of the sequence"
        : "attention of written bases to those written before")
        + $" in {(options.Layer is { } layer ? $"decoder layer {layer}" : "the last decoder layer")}, "
        + (options.Head is { } head ? $"head {head}" : "mean over heads")
        + $"; the decoder was given {(options.TargetFile is { } file ? $"the targets of {Path.GetFileName(file)}" : options.Target switch
        {
            DecoderOptions.Written => "what the model wrote, the most probable token each time",
            DecoderOptions.Itself => "the sequence itself",
            var named => $"the field '{named}'",
        })}";

    private Dictionary<string, string>? OfFile(ToolContext context)
    {
        if (options.TargetFile is not { } file) return null;
        var source = context.OpenInput(file);
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0L; i < source.Count; i++)
        {
            var sample = source.Get(i, new SeededRandom(0));
            if (!found.TryAdd(sample.Id, sample.Sequence))
                throw new DataException($"{sample.Where}: two targets are called '{sample.Id}'; give each its sequence's name.");
        }
        return found;
    }

    private IEnumerable<Looks> Read(TrainedModel model, ISampleSource input, Targets targets, ToolContext context,
        CancellationToken cancellation)
    {
        var inOrder = new StrandJoiner<Looks>(false, (one, _) => one);
        foreach (var made in model.Batches(input,
            new() { BatchTokens = options.BatchTokens ?? BatchTokens, TokensOnly = true, Stretch = 256 }))
        {
            cancellation.ThrowIfCancellationRequested();
            var given = targets.Of(made.Batch, cancellation);
            using (var batch = targets.Give(made.Batch, given))
            {
                var shares = StackShares.Of(model, batch, Stack, options.Layer, options.Head);
                for (var b = 0; b < given.Count; b++)
                    inOrder.Add(made.Places[b],
                        Looks.Of(made.Batch.Samples[b], made.Batch.Encodings[b], given[b], shares[b], options.Stack));
            }
            while (inOrder.TryTake(out var looks)) yield return looks;
            context.Progress("sequences read", inOrder.Taken, input.Count);
        }
    }

    private static void Write(StreamWriter table, Looks looks, LookCounts counts)
    {
        for (var w = 0; w < looks.Written.Length; w++)
        {
            var most = looks.Most(w);
            table.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{looks.Id}\t{w}\t{looks.Written[w]}\t{most}\t"
                + $"{(most is { } at ? $"{looks.Seen[at]}" : "")}\t{(most is { } l ? looks.Shares_WL[w, l] : null):g6}"));
            if (most is { } place) counts.Add(looks, w, place);
        }
    }

    /// <summary>Every tenth place by its number.</summary>
    private static string[] Places(int count) => [.. Enumerable.Range(0, count).Select(i => i % 10 == 0 ? $"{i}" : "")];

    /// <summary>All shares of a sequence, a row a written base, and their picture.</summary>
    private (string, string) Figure(ResultFolder folder, Looks looks, int number)
    {
        var (rows, columns) = (looks.Written.Length, looks.Seen.Length);
        var cells = new double[rows, columns];
        using (var table = folder.Write($"shares-{number}.tsv"))
        {
            table.WriteLine($"# {looks.Id}: a row a written base, a column a base that is looked at");
            table.WriteLine("position\tbase\t" + string.Join('\t', looks.Seen.Select((c, l) => $"{l}{c}")));
            for (var w = 0; w < rows; w++)
            {
                table.Write($"{w}\t{looks.Written[w]}");
                for (var l = 0; l < columns; l++)
                {
                    cells[w, l] = looks.Shares_WL[w, l];
                    table.Write(float.IsFinite(looks.Shares_WL[w, l])
                        ? string.Create(CultureInfo.InvariantCulture, $"\t{looks.Shares_WL[w, l]:g5}") : "\t");
                }
                table.WriteLine();
            }
        }
        if (rows == 0 || columns == 0) return ($"{looks.Id}: nothing was written.", "");
        if (rows * (long)columns > MostDrawn) return ($"{looks.Id}: too long to draw; its shares are in shares-{number}.tsv.", "");
        var seen = options.Stack == DecoderStack.Cross ? "base of the sequence" : "base written before";
        var svg = Chart.HeatMap(new("", seen, "written base")
        {
            Width = Math.Clamp(200 + 6 * columns, 420, 880), Height = Math.Clamp(120 + 6 * rows, 300, 840),
        }, cells, Places(rows), Places(columns), signed: false);
        folder.Add($"heat-{number}.svg", svg);
        return ($"{looks.Id}: dark where a written base, top to bottom, looks at a base, left to right.", svg);
    }
}
