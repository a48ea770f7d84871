using System.Globalization;
using PluginHost.Libs.Files;
using PluginHost.Libs.Tools;
using PluginHost.Libs.Tools.Input;

namespace PluginHost.Plugins.Interpret.GGrams;

/// <summary><c>host interpret ggrams</c></summary>
/// <param name="options">Validated.</param>
/// <param name="build">Where files to read lie.</param>
internal sealed class GGramTool(GGramOptions options, BuildContext build) : ITool
{
    private const string Command = "interpret ggrams";

    /// <inheritdoc/>
    public IReadOnlyList<string> Files => [.. ToolInput.Files(options, build).SelectMany(path => Directory.Exists(path)
        ? DataSets.Of([path], build.ResolvePath).Select(file => Path.GetFullPath(file.Path)) : [path])];

    /// <inheritdoc/>
    public void Check(TrainedModel model) => _ = new GGramReader(model);

    /// <inheritdoc/>
    public Task<int> RunAsync(ToolContext context, CancellationToken cancellation)
    {
        var path = ResultFolder.Check(Command, context.OutputPath(options.Output), options.Force, Files);
        using var model = context.OpenModel(options.Model, options.Device, options.Field);
        var reader = new GGramReader(model);
        Dictionary<(string DataSet, string Split), GGramCounts> counts = [];
        List<Sample> cases = [];
        var read = options.Region.Length > 0 ? [new(options.Input[0], "", "")] : DataSets.Of(options.Input, build.ResolvePath);
        foreach (var file in read) Count(model, reader, file, counts, cases, context, cancellation);
        using var folder = ResultFolder.Begin(Command, path, options.Force);
        var report = new GGramReport(model.Name, reader, counts);
        report.Write(folder, options.Top, context);
        if (cases.Count > 0) Cases(model, reader, cases, folder, report, cancellation);
        folder.Add("report.html", report.Html());
        folder.Commit();
        var (sequences, matches) = (counts.Values.Sum(c => c.Sequences), counts.Values.Sum(c => c.Total));
        context.Say($"{matches:N0} matches of G-grams in {Wording.Counted(sequences, "sequence")}: {path}");
        return Task.FromResult(0);
    }

    private void Count(TrainedModel model, GGramReader reader, DataSetFile file,
        Dictionary<(string DataSet, string Split), GGramCounts> counts, List<Sample> cases, ToolContext context,
        CancellationToken cancellation)
    {
        var input = options.Region.Length > 0 ? ToolInput.Open(context, options, build)
            : ToolInput.Open(context, options, build, [file.Path]);
        var limit = new EncodeContext(model.Backbone.Shape.MaxTokens ?? int.MaxValue) { Scoring = true };
        var (dropped, bases) = (0L, 0L);
        for (var i = 0L; i < input.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var sample = input.Get(i, new SeededRandom(0, (ulong)i));
            var encoding = model.Tokenizer.Encode(sample, limit);
            (dropped, bases) = (dropped + encoding.DroppedBases, bases + sample.Sequence.Length);
            var key = (options.By is { } field ? sample.Text(field) : file.DataSet, file.Split);
            if (!counts.TryGetValue(key, out var of)) counts[key] = of = new();
            var found = reader.Of(encoding);
            of.Add(found);
            if (found.Count > 0 && cases.Count < options.Cases) cases.Add(sample);
            context.Progress("sequences read", i + 1, input.Count);
        }
        if (dropped > 0)
            context.Warn($"{file.Path}: {Wording.Counted(dropped, "base")} ({Wording.Share(dropped, bases)}) beyond the "
                + $"{model.Backbone.Shape.MaxTokens:N0} tokens that {model.Name} takes were not read.");
    }

    private void Cases(TrainedModel model, GGramReader reader, List<Sample> cases, ResultFolder folder, GGramReport report,
        CancellationToken cancellation)
    {
        var found = new (IReadOnlyList<FoundGGram> Matches, float[][] Layers)[cases.Count];
        foreach (var (batch, places) in model.Batches(new ListedSource(cases),
            new() { BatchTokens = options.BatchTokens, TokensOnly = true }))
        {
            cancellation.ThrowIfCancellationRequested();
            var attention = GGramAttention.Of(model, batch);
            for (var b = 0; b < places.Count; b++) found[places[b]] = (reader.Of(batch.Encodings[b]), attention[b]);
        }
        var layers = found.Max(f => f.Layers.Length);
        report.Heading("Cases", layers > 0
            ? "The attention that a G-gram gets in a layer of the G-gram encoder: the mean over heads and over the G-grams that attend."
            : "The architecture has no attention of G-grams to show.");
        using var table = folder.Write("cases.tsv");
        table.WriteLine($"# model: {model.Name}\n# coordinates: 0-based, half-open; start and end in the sequence, place on the "
            + "chromosome's forward strand\n# layer: the attention that the G-gram gets, the mean over heads and over the G-grams that "
            + "attend; the places of one sequence sum to 1");
        table.WriteLine("id\tggram\ttokens\tstart\tend\tchromosome\tplace_start\tplace_end\tstrand"
            + string.Concat(Enumerable.Range(1, layers).Select(l => $"\tlayer_{l}")));
        for (var n = 0; n < cases.Count; n++)
        {
            var (matches, shares) = found[n];
            foreach (var match in matches) table.WriteLine(Line(cases[n], match, shares));
            var svg = CaseFigure.Draw(cases[n].Sequence, matches, shares);
            folder.Add($"cases/{n + 1:0000}.svg", svg);
            var named = $"{cases[n].Id}{(cases[n].Label is { } label ? $", label {label}" : "")}";
            report.Case($"{named}: {Wording.Counted(matches.Count, "match", "matches")}.", svg);
        }
    }

    private static string Line(Sample sample, FoundGGram match, float[][] layers)
    {
        var place = sample.Place?.Within(match.Bases.Start, match.Bases.End, sample.Sequence.Length);
        var where = place is null ? "\t\t\t"
            : string.Create(CultureInfo.InvariantCulture, $"{place.Chromosome}\t{place.Start}\t{place.End}\t{place.Strand}");
        return string.Create(CultureInfo.InvariantCulture,
            $"{sample.Id}\t{match.Id}\t{match.Tokens}\t{match.Bases.Start}\t{match.Bases.End}\t{where}")
            + string.Concat(layers.Select(l => string.Create(CultureInfo.InvariantCulture, $"\t{l[match.Place]:g6}")));
    }
}
