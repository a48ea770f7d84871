using PluginHost.Libs.Tools.Answers;
using PluginHost.Plugins.Scan.Journal;
using PluginHost.Plugins.Scan.Outputs;
using PluginHost.Plugins.Scan.Report;
using PluginHost.Plugins.Scan.Tracks;
using PluginHost.Plugins.Scan.Truth;
using PluginHost.Plugins.Scan.Windows;

namespace PluginHost.Plugins.Scan;

/// <summary>
/// One pass over a genome: windows in, track, peaks and figures out. Memory is that of some batches and of what peaks need.
/// </summary>
/// <param name="model">With heads.</param>
/// <param name="asked">Asks it.</param>
/// <param name="output">Which output becomes the track.</param>
/// <param name="plan">Where windows lie.</param>
/// <param name="truth">Null where none is given.</param>
internal sealed class Scan(TrainedModel model, ModelOutputs asked, int output, WindowPlan plan, TruthFigures? truth)
{
    private readonly bool isBases = asked.Kind == OutputKind.BaseClasses;

    public required Merge Merge { get; init; }

    public required int Bin { get; init; }

    public required double? Threshold { get; init; }

    public required int MergeDistance { get; init; }

    public required int MinLength { get; init; }

    public required bool BothStrands { get; init; }

    public required int Window { get; init; }

    public required int Stride { get; init; }

    public required int BatchTokens { get; init; }

    /// <summary>The track at a glance.</summary>
    public required Overview Overview { get; init; }

    /// <summary>Numbers of a window in the journal.</summary>
    public int Width => isBases ? Window : asked.Names.Count;

    /// <summary>Peaks that were found; null where none were looked for.</summary>
    public long? Peaks { get; private set; }

    /// <summary>Bases with a value.</summary>
    public long Covered { get; private set; }

    /// <summary>Scans, what the journal holds first.</summary>
    public void Run(ScanOutputs.Sinks sinks, ScanJournal? journal, ToolContext context, CancellationToken cancellation)
    {
        var caller = Threshold is { } threshold ? new PeakCaller(threshold, MergeDistance, MinLength, peak =>
        {
            foreach (var file in sinks.Peaks) file.Add(peak);
            truth?.Add(peak);
        }) : null;
        var track = new BaseTrack(Merge, Bin, (chromosome, start, end, value) =>
        {
            foreach (var file in sinks.Tracks) file.Add(chromosome, start, end, value);
            caller?.Add(chromosome, start, end, value);
            Overview.Add(chromosome, start, end, value);
            Covered += end - start;
        });
        var next = 0L;
        var known = journal?.Count ?? 0;
        foreach (var values in journal?.Read() ?? []) Take(values);
        if (next < plan.Count)
        {
            var scores = new WindowScores(model, asked, output, BothStrands, BatchTokens);
            var source = new WindowSource(plan, next);
            foreach (var values in scores.Read(source, Tokens(source), cancellation))
            {
                journal?.Add(values);
                Take(values);
            }
            journal?.Flush();
        }
        track.Finish();
        caller?.Finish();
        Peaks = caller?.Count;
        sinks.Finish();

        void Take(float[] values)
        {
            var (stretch, start, length) = plan[next++];
            var score = isBases ? values.AsSpan(0, length) : values.AsSpan(output, 1);
            var (from, bases) = Merge == Merge.Centre && !isBases && length > Stride ? (start + (length - Stride + 1) / 2, Stride)
                : (start, length);
            track.Add(stretch.Record.Name, from, bases, score);
            var highest = Highest(score);
            truth?.Add(stretch.Record.Name, from, from + bases, highest);
            Overview.Add(highest);
            foreach (var table in sinks.Windows)
                table.Add([stretch.Record.Name, start, start + length, .. values.Select(v => (object?)v)]);
            context.Progress("windows scanned", next, plan.Count);
            if (next > known) cancellation.ThrowIfCancellationRequested();
        }
    }

    private int Tokens(WindowSource source)
    {
        var sample = source.Get(0, new SeededRandom(0));
        return model.Objective.CountTokens(sample, model.Tokenizer, new EncodeContext(model.Backbone.Shape.MaxTokens ?? int.MaxValue));
    }

    private static float Highest(ReadOnlySpan<float> values)
    {
        var highest = float.NaN;
        foreach (var value in values) if (float.IsNaN(highest) || value > highest) highest = value;
        return highest;
    }
}
