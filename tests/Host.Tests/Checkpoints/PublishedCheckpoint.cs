using System.Runtime.InteropServices;
using System.Text.Json;
using PluginHost.Host.Models.Checkpoints.Import;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Tests.Training;

namespace PluginHost.Host.Tests.Checkpoints;

/// <summary>A folder that tests/published_checkpoints.py made: a checkpoint, and what Python computes with it.</summary>
internal sealed class PublishedCheckpoint
{
    private readonly JsonElement expected;

    public PublishedCheckpoint(string folder)
    {
        Folder = folder;
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.json")));
        expected = document.RootElement.Clone();
    }

    public string Folder { get; }

    public IReadOnlyList<string> Sequences => [.. expected.GetProperty("sequences").EnumerateArray().Select(s => s.GetString()!)];

    public int[] Ids(int sequence) => [.. expected.GetProperty("ids")[sequence].EnumerateArray().Select(i => i.GetInt32())];

    /// <summary>Hidden states "T D" of a sequence, row by row.</summary>
    public float[] Hidden(int sequence) => Floats(expected.GetProperty("hidden")[sequence]);

    /// <summary>Scores "T V", of the first tokens at least, or "C"; none for a head that is new.</summary>
    public float[] Scores(int sequence) => expected.GetProperty("scores") is var scores && scores.GetArrayLength() > 0
        ? Floats(scores[sequence]) : [];

    /// <summary>Ids that a decoder is fed, for each sequence; null for a model without one.</summary>
    public IReadOnlyList<long[]>? Targets => expected.TryGetProperty("targets", out var rows)
        ? [.. rows.EnumerateArray().Select(r => r.EnumerateArray().Select(i => i.GetInt64()).ToArray())] : null;

    /// <summary>Imports it.</summary>
    public static void Import(ImportRequest request) =>
        Assert.Equal(0, new CheckpointImport(RealComponents.Factory, new SilentView()).Run(request, CancellationToken.None));

    /// <summary>The request that its arguments ask for.</summary>
    public ImportRequest Request(string output)
    {
        var request = new ImportRequest(Folder, expected.GetProperty("layout").GetString()!, output, null, [], [], 42, false);
        var arguments = expected.GetProperty("arguments").EnumerateArray().Select(a => a.GetString()!).ToList();
        for (var i = 0; i < arguments.Count; i += 2)
            request = arguments[i] == "--set" ? request with { Overrides = [.. request.Overrides, arguments[i + 1]] }
                : request with { NewHead = arguments[i + 1] };
        return request;
    }

    private static float[] Floats(JsonElement text) => MemoryMarshal.Cast<byte, float>(text.GetBytesFromBase64()).ToArray();
}
