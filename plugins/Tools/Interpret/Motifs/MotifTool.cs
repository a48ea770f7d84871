using System.Globalization;
using PluginHost.Libs.Files;
using PluginHost.Libs.Motifs;
using PluginHost.Libs.Tools;
using PluginHost.Libs.Tools.Bases;
using PluginHost.Libs.Tools.Input;
using PluginHost.Libs.Tools.Strands;

namespace PluginHost.Plugins.Interpret.Motifs;

using static TorchSharp.torch;

/// <summary><c>host interpret motifs</c></summary>
/// <param name="options">Validated.</param>
/// <param name="build">Where files to read lie.</param>
internal sealed class MotifTool(MotifOptions options, BuildContext build) : ITool
{
    private const string Command = "interpret motifs";

    /// <inheritdoc/>
    public IReadOnlyList<string> Files =>
    [
        .. ToolInput.Files(options, build), .. options.Scores is { } scores ? [build.ResolvePath(scores)] : (string[])[],
        .. options.Compare is { } known ? [build.ResolvePath(known)] : (string[])[],
    ];

    /// <inheritdoc/>
    public void Check(TrainedModel model)
    {
        if (options.Scores is not null) return;
        foreach (var (batch, _) in model.Batches(ListedSource.ProbeOf(model), new() { TokensOnly = true }))
            new AttentionScores(model, options.Layer).Of(batch);
    }

    /// <inheritdoc/>
    public Task<int> RunAsync(ToolContext context, CancellationToken cancellation)
    {
        var path = ResultFolder.Check(Command, context.OutputPath(options.Output), options.Force, Files);
        var known = options.Compare is { } file ? MotifFile.Read(build.ResolvePath(file)) : null;
        using var model = context.OpenModel(options.Model, options.Device, options.Field);
        Check(model);
        var input = ToolInput.Open(context, options, build);
        var (positives, negatives) = Read(model, input, context, cancellation);
        var found = MotifFinder.Find([.. positives.Select(p => p.Scored)], negatives, new()
        {
            ShortestWord = options.Shortest, LongestWord = Math.Max(10, options.Shortest), Window = options.Around,
            MostFalse = options.MostFalse, FewestSites = options.FewestSites, BothStrands = options.BothStrands,
        });
        using var folder = ResultFolder.Begin(Command, path, options.Force);
        new MotifResults(options, model.Name).Write(folder, found, positives, negatives.Count, known, context);
        folder.Commit();
        context.Say(
            $"{Wording.Counted(found.Count, "motif")} in {positives.Count:N0} positives beside {negatives.Count:N0} negatives: {path}");
        return Task.FromResult(0);
    }

    /// <summary>All sequences are held, with the regions of the positives: a few bytes a base.</summary>
    private (List<Positive> Positives, List<string> Negatives) Read(TrainedModel model, ISampleSource input, ToolContext context,
        CancellationToken cancellation)
    {
        SortedDictionary<long, Positive> positives = [];
        SortedDictionary<long, string> negatives = [];
        HashSet<string> others = [];
        void Take(long place, Sample sample, Func<double[]> scores)
        {
            var value = sample.Fields.TryGetValue(options.By, out var field) ? $"{field}"
                : throw new DataException($"{sample.Where} has no field '{options.By}'; name the one that tells the classes with --by.");
            var bases = sample.Sequence.ToUpperInvariant();
            if (value == options.Class)
                positives[place] = new(sample, new(sample.Id, bases, Regions.Find(scores(), options.Deviations, options.Shortest)));
            else
            {
                negatives[place] = bases;
                if (others.Count < 10) others.Add(value);
            }
        }

        if (options.Scores is { } file) Given(input, ScoreTable.Read(build.ResolvePath(file), options.Column), Take, cancellation);
        else Attended(model, input, Take, context, cancellation);
        if (positives.Count == 0)
            throw new DataException($"No sequence has {options.By} = {options.Class}; there are: {string.Join(", ", others.Order())}.");
        if (negatives.Count == 0)
            throw new DataException($"Each sequence has {options.By} = {options.Class}; motifs are told from sequences of another class.");
        if (positives.Values.All(p => p.Scored.Regions.Count == 0))
            throw new DataException(
                $"No sequence of {options.By} = {options.Class} has a region of {options.Shortest} bases that stands out; "
                + "lower --shortest, or set --deviations.");
        return ([.. positives.Values], [.. negatives.Values]);
    }

    private static void Given(ISampleSource input, Dictionary<string, double[]> scores, Action<long, Sample, Func<double[]>> take,
        CancellationToken cancellation)
    {
        for (var i = 0L; i < input.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var sample = input.Get(i, new SeededRandom(0));
            take(i, sample, () => !scores.TryGetValue(sample.Id, out var of)
                ? throw new DataException($"--scores has none of '{sample.Id}'.")
                : of.Length <= sample.Sequence.Length ? of
                : throw new DataException(
                    $"--scores has a position {of.Length - 1} of '{sample.Id}', which has {sample.Sequence.Length} bases."));
        }
    }

    private void Attended(TrainedModel model, ISampleSource input, Action<long, Sample, Func<double[]>> take, ToolContext context,
        CancellationToken cancellation)
    {
        var attention = new AttentionScores(model, options.Layer);
        var joiner = new StrandJoiner<(Sample Sample, float[] Scores)>(options.BothStrands,
            (forward, reverse) => (forward.Sample, StrandedSource.MeanOfBases(forward.Scores, reverse.Scores)));
        foreach (var (batch, places) in model.Batches(joiner.Read(input), new() { BatchTokens = options.BatchTokens, TokensOnly = true }))
        {
            cancellation.ThrowIfCancellationRequested();
            var scores = attention.OfBases(batch);
            for (var b = 0; b < scores.Count; b++) joiner.Add(places[b], (batch.Samples[b], scores[b]));
            while (joiner.TryTake(out var of)) take(joiner.Taken, of.Sample, () => [.. of.Scores.Select(v => (double)v)]);
            context.Progress("sequences read", joiner.Taken, input.Count);
        }
    }
}
