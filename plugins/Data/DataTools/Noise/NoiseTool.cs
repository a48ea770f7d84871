using System.Globalization;
using PluginHost.Libs.Files;
using PluginHost.Plugins.DataTools.Output;
using PluginHost.Plugins.DataTools.Rows;

namespace PluginHost.Plugins.DataTools.Noise;

/// <summary><c>host data noise</c></summary>
/// <param name="options">Validated.</param>
/// <param name="build">Where files to read lie.</param>
internal sealed class NoiseTool(NoiseOptions options, BuildContext build) : DataTool(build)
{
    private static readonly string[] columns = ["from", "start", "substitutions", "insertions", "deletions"];

    protected override IEnumerable<string?> Inputs => options.Data;

    protected override void Run(ToolRun run, CancellationToken cancellation)
    {
        options.Locate(run);
        var data = SequenceData.Open(options.Data, options, run);
        var segments = new Segments(data, cancellation);
        var (clean, noisy, errors) = (0L, 0L, new long[3]);
        RowWriter.Write(options.File, true, columns, [], writer =>
        {
            Segment? last = null;
            for (var i = 0; i < options.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                if ((i & 0xFF) == 0) run.Progress("segments written", i, options.Count);
                // A pair draws from one stream, so that its source can be read far enough for the noisy one.
                var random = new SeededRandom(options.Seed, (ulong)i);
                if (i % 2 == 0)
                {
                    last = segments.Draw(options.Paired ? PairLength(options, i + 1) : options.Length, random);
                    writer.Add($"clean-{i / 2 + 1}", last.Sequence[..options.Length], options.CleanLabel, last.Id, $"{last.Start}", "0",
                        "0", "0");
                    clean++;
                    continue;
                }
                var counts = SequencingNoise.DrawCounts(options, random);
                var segment = options.Paired ? last! : segments.Draw(counts.SourceLength(options.Length), random);
                var sequence = SequencingNoise.Apply(segment.Sequence[..counts.SourceLength(options.Length)], counts, random);
                writer.Add($"noisy-{i / 2 + 1}", sequence, options.NoisyLabel, segment.Id, $"{segment.Start}", $"{counts.Substitutions}",
                    $"{counts.Insertions}", $"{counts.Deletions}");
                noisy++;
                errors[0] += counts.Substitutions;
                errors[1] += counts.Insertions;
                errors[2] += counts.Deletions;
            }
        });
        Record(options, data, clean, noisy, errors);
        run.Result($"{Wording.Counted(clean, "clean segment")}, {noisy:N0} noisy of {options.Length:N0} bases: {options.Output}"
            + (options.Record is { } record ? $", made as {record.Path} says" : ""));
        run.Result(string.Create(CultureInfo.InvariantCulture, $"Errors of a noisy segment: {errors[0] / (double)noisy:0.00} "
            + $"substitutions, {errors[1] / (double)noisy:0.00} insertions, {errors[2] / (double)noisy:0.00} deletions on average."));
    }

    /// <summary>Bases a pair takes: what the noisy segment's counts, drawn from its own stream, will need.</summary>
    private static int PairLength(NoiseOptions options, int noisy) =>
        Math.Max(options.Length, SequencingNoise.DrawCounts(options, new(options.Seed, (ulong)noisy)).SourceLength(options.Length));

    private static void Record(NoiseOptions options, SequenceData data, long clean, long noisy, long[] errors) => options.Record?.Write(
        RecordJson.Write(
            new
            {
                Data = data.Paths.Select(p => new { Path = DataFile.Show(p), DataFingerprint.Of(p).Sha256 }),
                options.Count, options.Length, options.Substitutions, options.Insertions, options.Deletions,
                Distribution = "negative binomial, variance = mean + mean^2 / dispersion; mean = rate * length, each kind on its own",
                options.Dispersion, options.Least, options.Paired, options.CleanLabel, options.NoisyLabel, options.Seed,
                Clean = clean, Noisy = noisy,
                Drawn = new { Substitutions = errors[0], Insertions = errors[1], Deletions = errors[2] },
            }));
}
