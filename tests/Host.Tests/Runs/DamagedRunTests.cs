using System.Text.Json.Nodes;
using PluginHost.Host.Models;
using RealComponents = PluginHost.Host.Tests.Checkpoints.RealComponents;

namespace PluginHost.Host.Tests.Runs;

/// <summary>
/// Every file of a run folder, damaged in every way, then the run is resumed: it ends with the bits of the undamaged one, or stops and
/// names the file. What it lost of a log is told.
/// </summary>
[Collection("libtorch")]
public sealed class DamagedRunTests(TinyRun runs) : IClassFixture<TinyRun>
{
    private static readonly string[] ways = ["flipped bit", "flipped bit", "flipped bit", "half", "empty", "garbage", "deleted"];

    /// <summary>Lets a sample stand for all unless all are asked for: places and ways go round with the files.</summary>
    private static int Tries => TinyRun.IsThorough ? 14 : 1;

    public static TheoryData<string> Runs => [TinyRun.Done, TinyRun.Cut];

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_damaged_file_is_found_on_resume_or_changes_nothing(string run)
    {
        runs.Ready();
        var expected = runs.Fingerprint(TinyRun.Done);
        var (tried, told) = (0, 0);
        List<string> wrong = [];
        foreach (var file in Files(run))
            for (var attempt = 0; attempt < Tries; attempt++, tried++)
            {
                var copy = runs.Copy(run, "damaged");
                var way = ways[tried % ways.Length];
                Damage(runs.Of(copy, file), way, new SeededRandom((ulong)tried));
                var ended = runs.Resume(copy);
                if (Judge(file, ended, expected, copy) is { } problem) wrong.Add($"{file}, {way}: {problem}");
                if (ended.Told.Length > 0) told++;
                Directory.Delete(runs.Of(copy), recursive: true);
            }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.True(told > tried / 3, $"only {told} of {tried} were told of");
    }

    private string? Judge(string file, TinyRun.Ended ended, string expected, string copy)
    {
        if (ended.Told.Contains("defect") || ended.Code == 1) return $"exit code {ended.Code}: {ended.Told}";
        var named = ended.Told.Contains(Path.GetFileName(file)) || ended.Told.Contains(Path.GetFileName(Path.GetDirectoryName(file)!));
        if (ended.Code != 0) return named ? null : $"not named: {ended.Told}";
        var now = runs.Fingerprint(copy);
        if (now == expected) return null;
        // A log that lost lines is told of; everything else is as it was.
        static string WithoutLog(string fingerprint) => fingerprint[fingerprint.IndexOf('\n')..];
        return named && file.EndsWith(".jsonl", StringComparison.Ordinal) && WithoutLog(now) == WithoutLog(expected) ? null
            : $"another result, and told was: {ended.Told}\n{now}";
    }

    [Fact]
    public void A_damaged_model_is_refused_by_whoever_loads_it()
    {
        runs.Ready();
        var random = new SeededRandom(3);
        foreach (var file in Directory.GetFiles(runs.Of(TinyRun.Done, "model")).Select(f => Path.GetFileName(f)))
            foreach (var way in ways.Distinct())
            {
                var copy = runs.Copy(TinyRun.Done, "damaged");
                Damage(runs.Of(copy, "model", file), way, random);

                var failure = Record.Exception(() => LoadedModel.Load(runs.Of(copy), null, "cpu", RealComponents.Factory).Dispose());
                Assert.True(failure is DataException, $"{file}, {way}: {failure}");
                Directory.Delete(runs.Of(copy), recursive: true);
            }
    }

    [Fact]
    public void A_run_of_an_earlier_version_has_no_checksums_and_goes_on_with_a_word()
    {
        runs.Ready();
        var copy = runs.Copy(TinyRun.Cut, "earlier");
        foreach (var file in Directory.GetFiles(runs.Of(copy, "stages")).Append(runs.Of(copy, "run.json")))
        {
            var record = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
            foreach (var field in (string[])["sha256", "metrics_sha256", "timings_sha256", "files", "pipeline_sha256"])
                record.Remove(field);
            File.WriteAllText(file, record.ToJsonString());
        }
        var pipeline = runs.Of(copy, "pipeline.resolved.yaml");
        File.WriteAllLines(pipeline, File.ReadLines(pipeline).Where(l => !l.StartsWith('#')).ToList());

        var ended = runs.Resume(copy);
        Assert.Equal((0, ""), (ended.Code, ended.Told.Trim()));
        Assert.Contains(ended.View.Said, s => s.Contains("earlier version", StringComparison.Ordinal));
        Assert.Equal(runs.Fingerprint(TinyRun.Done), runs.Fingerprint(copy));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pipeline_that_is_lost_or_lacks_its_last_stage_is_asked_for_by_name(bool cut)
    {
        runs.Ready();
        var copy = runs.Copy(TinyRun.Cut, cut ? "short" : "bare");
        var file = runs.Of(copy, "pipeline.resolved.yaml");
        var text = File.ReadAllText(file);
        File.WriteAllText(file, cut ? text[..text.IndexOf("- predict", StringComparison.Ordinal)] : "");

        var ended = runs.Resume(copy);
        Assert.Equal(3, ended.Code);
        Assert.Contains("pipeline.resolved.yaml", ended.Told);
        Assert.Contains("--pipeline FILE", ended.Told);
    }

    private IReadOnlyList<string> Files(string run) => [.. Directory.EnumerateFiles(runs.Of(run), "*", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(runs.Of(run), f)).Order(StringComparer.Ordinal)];

    private static void Damage(string file, string way, SeededRandom random)
    {
        var bytes = File.ReadAllBytes(file);
        if (way == "deleted") File.Delete(file);
        else if (way == "empty") File.WriteAllBytes(file, []);
        else if (way == "half") File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]);
        else if (way == "garbage") File.WriteAllBytes(file, [.. bytes.Select(_ => (byte)random.Next(256))]);
        else if (bytes.Length > 0)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << (int)random.Next(8));
            File.WriteAllBytes(file, bytes);
        }
    }
}
