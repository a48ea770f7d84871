using PluginHost.Libs.Files;
using PluginHost.Libs.Tools;
using PluginHost.Libs.Tools.Answers;
using PluginHost.Libs.Tools.Input;

namespace PluginHost.Plugins.Mutations;

/// <summary><c>host mutations</c></summary>
/// <param name="options">Validated.</param>
/// <param name="build">Where files to read lie.</param>
internal sealed class MutationsTool(MutationsOptions options, BuildContext build) : ITool
{
    private const string Command = "mutations";

    /// <inheritdoc/>
    public IReadOnlyList<string> Files =>
    [
        .. ToolInput.Files(options, build),
        .. new[] { options.Truth, options.Train, options.NoiseModel }.OfType<string>().Select(build.ResolvePath),
    ];

    /// <inheritdoc/>
    public void Check(TrainedModel model) => _ = new ChildWriter(model, options, build);

    /// <inheritdoc/>
    public Task<int> RunAsync(ToolContext context, CancellationToken cancellation)
    {
        var output = ResultFolder.Check(Command, context.OutputPath(options.Output), options.Force, Files);
        var truth = options.Truth is { } table ? PairTable.Read(build.ResolvePath(table), options) : null;
        var train = options.Train is { } trained ? new TrainedMutations(PairTable.Read(build.ResolvePath(trained), options)) : null;
        using var model = context.OpenModel(options.Model, options.Device, options.Field);
        var writer = new ChildWriter(model, options, build);
        var input = ToolInput.Open(context, options, build);
        if (input.Count == 0) throw new DataException($"{options.Input[0]} holds no sequence.");
        List<Sample> samples = [.. Enumerable.Range(0, (int)input.Count).Select(i => input.Get(i, new SeededRandom(0, (ulong)i)))];
        foreach (var sample in samples) ModelLimit.RefuseUnfit(model, sample);
        var parents = samples.DistinctBy(s => s.Sequence).ToList();
        var pairs = Pairs(samples, truth);
        if (truth is not null && pairs.Count == 0)
            throw new DataException($"--truth {options.Truth}: none of its {truth.Count:N0} parents is a sequence of {options.Input[0]}.");

        using var noise = options.NoiseModel is { } path ? context.OpenModel(path, options.Device) : null;
        var judge = noise is null ? null : new NoiseJudge(noise, options.NoiseOutput);
        var written = writer.Write(new ListedSource(parents), done => context.Progress("parents read", done, parents.Count), cancellation);
        var judged = judge?.Judge(written.SelectMany(w => w).Select(c => c.Sequence),
            done => context.Progress("candidates judged", done, null), cancellation);
        var expected = parents.Select((parent, i) => Expectation.Of(parent,
            [.. written[i].Select(c => c with { NoiseProbability = judged?[c.Sequence] ?? double.NaN })])).ToList();

        using var folder = ResultFolder.Begin(Command, output, options.Force);
        new CandidateTables(options, pairs).Write(folder, expected);
        var report = new MutationReport(options, model.Name, noise?.Name);
        if (pairs.Count > 0)
        {
            var comparison = new Comparison(expected, pairs, train, noise is not null, options.Resamples, cancellation);
            report.Compare(folder, comparison);
            foreach (var shown in comparison.Tables()) context.Show(shown);
        }
        report.Finish(folder, expected);
        folder.Commit();
        context.Say($"{Wording.Counted(expected.Sum(e => e.Ranked.Count), "candidate")} of {Wording.Counted(parents.Count, "different "
            + "parent")}: {options.Output}");
        return Task.FromResult(0);
    }

    /// <summary>True pairs of the parents that are read: of the table, or of the input itself.</summary>
    private IReadOnlyList<TruePair> Pairs(IReadOnlyList<Sample> samples, IReadOnlyList<TruePair>? truth)
    {
        var parents = samples.Select(s => s.Sequence).ToHashSet(StringComparer.Ordinal);
        return truth is not null ? [.. truth.Where(p => parents.Contains(p.Parent))]
            : [.. samples.Where(s => s.Fields.ContainsKey(options.ChildColumn))
                .Select(s => new TruePair(s.Sequence, s.Text(options.ChildColumn)))];
    }
}
