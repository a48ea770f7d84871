using PluginHost.Libs.Attribution.Attention;
using PluginHost.Libs.Attribution.Figures;
using PluginHost.Libs.Attribution.Mutations;
using PluginHost.Libs.Figures;
using PluginHost.Libs.Files;
using PluginHost.Libs.Tools;
using PluginHost.Libs.Tools.Answers;
using PluginHost.Libs.Tools.Input;

namespace PluginHost.Plugins.Variants.Saturation;

/// <summary><c>host variants saturate</c></summary>
/// <param name="options">Validated.</param>
/// <param name="build">Where files to read lie.</param>
internal sealed class SaturateTool(SaturateOptions options, BuildContext build) : ITool
{
    private const string Command = "variants saturate";

    /// <inheritdoc/>
    public IReadOnlyList<string> Files => ToolInput.Files(options, build);

    /// <inheritdoc/>
    public void Check(TrainedModel model) => MutationScorers.Of(model, options);

    /// <inheritdoc/>
    public Task<int> RunAsync(ToolContext context, CancellationToken cancellation)
    {
        var output = ResultFolder.Check(Command, context.OutputPath(options.Output), options.Force, Files);
        using var model = context.OpenModel(options.Model, options.Device, options.Field);
        var (scorer, shown) = MutationScorers.Of(model, options);
        var input = ToolInput.Open(context, options, build);
        if (input.Count == 0) throw new DataException($"{options.Input[0]} holds no sequence.");
        using var folder = ResultFolder.Begin(Command, output, options.Force);
        using (var writer = folder.Write($"mutations.{options.Table.ToString().ToLowerInvariant()}"))
        {
            var table = new MutationTable(writer, options.Table, model.Name, scorer.Meaning);
            var page = Begin(model, scorer);
            var attention = new BaseAttention(model);
            long mutations = 0;
            for (var i = 0L; i < input.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                var sample = input.Get(i, new SeededRandom(0, (ulong)i));
                ModelLimit.RefuseUnfit(model, sample);
                var all = Mutation.Of(sample.Sequence, !options.NoDeletions);
                if (all.Count == 0)
                {
                    context.Warn($"{sample.Where}: left out, for it has no known base.");
                    continue;
                }
                var (begun, done) = (mutations, 0L);
                var effects = scorer.Of(sample, all, more =>
                    context.Progress("mutants scored", begun + Math.Min(done += more, all.Count), input.Count == 1 ? all.Count : null),
                    cancellation);
                mutations += effects.Mutations.Count;
                table.Add(effects);
                if (i < options.Maps) Draw(folder, page, attention, effects, shown, i);
            }
            table.Finish();
            if (mutations == 0) throw new DataException("No sequence has a known base, so nothing can be changed.");
            if (attention.Missing is { } missing)
            {
                page.Note($"Maps are without attention: {missing}");
                context.Warn($"Maps are without attention: {missing}");
            }
            folder.Add("report.html", page.Html());
            context.Say($"{Wording.Counted(mutations, "mutation")} of {Wording.Counted(input.Count, "sequence")}: {options.Output}");
        }
        folder.Commit();
        return Task.FromResult(0);
    }

    private static Page Begin(TrainedModel model, IMutationScorer scorer)
    {
        var page = new Page($"Mutation maps: {model.Name}").Say(scorer.Meaning);
        page.Note("Positions count from 0 in the sequence, on its own strand. A deletion is compared with the sequence without its "
            + "last base, so that both are equally long; it moves all that follows one base to the left, which a model that goes by "
            + "positions notices wherever it is. Attention is the last layer's, from the classification token where there is one, summed over heads; "
            + "the second row is that of the strongest substitution.");
        return page;
    }

    private static void Draw(ResultFolder folder, Page page, BaseAttention attention, MutationEffects effects, int? shown, long number)
    {
        var output = shown ?? (float.IsNaN(effects.WildType[0]) ? 0 : Array.IndexOf(effects.WildType, effects.WildType.Max()));
        var tracks = new List<MapTrack>();
        var strongest = effects.Strongest(output) is { } m ? effects.Mutations[m] : (Mutation?)null;
        var said = strongest is { } change ? $"strongest substitution {change.Reference}>{change.Alternative} at {change.Position}"
            : "no effect is known";
        var mutant = strongest?.Apply(effects.Sample.Sequence);
        if (attention.Of(
            [effects.Sample, .. mutant is null ? (Sample[])[] : [effects.Sample with { Sequence = mutant, Place = null }]]) is { } read)
        {
            tracks.Add(new("attention", read[0]));
            if (mutant is not null) tracks.Add(new("of the mutant", Aligned(read[1], strongest!.Value)));
        }
        var title = $"{effects.Sample.Id}: {effects.Outputs[output]}, {said}";
        var svg = MutationMap.Draw(title, effects, output, tracks);
        folder.Add($"maps/{number + 1:0000}.svg", svg);
        page.Figure(svg, title + (float.IsNaN(effects.WildType[output]) ? "." : FormattableString.Invariant(
            $"; the wild type's is {effects.WildType[output]:0.####}.")));
    }

    /// <summary>A deletion leaves a gap, so that bases stand under themselves.</summary>
    private static float[] Aligned(float[] values, Mutation mutation) =>
        mutation.IsDeletion ? [.. values[..mutation.Position], float.NaN, .. values[mutation.Position..]] : values;
}
