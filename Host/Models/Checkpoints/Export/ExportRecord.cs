using System.Security.Cryptography;
using System.Text.Json;
using PluginHost.Checkpoints;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Pipelines.Settings;
using PluginHost.Host.Records;

namespace PluginHost.Host.Models.Checkpoints.Export;

/// <summary>
/// What this host needs, beside what other programs read, to make the same model of an exported folder again: the components with every
/// option. It holds for the weights it was written with; a folder with others, fine-tuned elsewhere, is read by its <c>config.json</c>.
/// </summary>
public sealed record ExportRecord
{
    /// <summary>The file.</summary>
    public const string FileName = "pluginhost_export.json";

    /// <summary>Version of this file's layout.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The layout that the folder is read back with.</summary>
    public required string Layout { get; init; }

    /// <summary>Lower-case hexadecimal, of the weights beside it.</summary>
    public required string WeightsSha256 { get; init; }

    /// <summary>The tokenizer.</summary>
    public required ComponentSpec Tokenizer { get; init; }

    /// <summary>Names of the files it saved.</summary>
    public required IReadOnlyList<string> TokenizerFiles { get; init; }

    /// <summary>The architecture.</summary>
    public required ComponentSpec Architecture { get; init; }

    /// <summary>The objective.</summary>
    public required ComponentSpec Objective { get; init; }

    /// <summary>Heads by role.</summary>
    public required IReadOnlyDictionary<string, ComponentSpec> Heads { get; init; }

    /// <summary>Number format the model was scored in.</summary>
    public required Precision Precision { get; init; }

    /// <summary>Padded tokens of a scored batch; 0 means go by <see cref="BatchSize"/>.</summary>
    public required int BatchTokens { get; init; }

    /// <summary>Samples of a scored batch when there is no token budget.</summary>
    public required int BatchSize { get; init; }

    /// <summary>What happens to a sequence longer than the model.</summary>
    public TooLong TooLong { get; init; }

    /// <summary>What was put into the head's last layer; null for nothing.</summary>
    public HeadUnits? Folded { get; init; }

    /// <summary>Whether the folder has low-rank adapters beside the weights.</summary>
    public bool HasAdapter { get; init; }

    /// <summary>That of a model, without a path of the machine it was made on.</summary>
    public static ExportRecord Of(ModelCard card, string layout, string weightsSha256, IReadOnlyList<string> tokenizerFiles) => new()
    {
        Layout = layout, WeightsSha256 = weightsSha256, Tokenizer = WithoutFolders(card.Tokenizer), TokenizerFiles = tokenizerFiles,
        Architecture = WithoutFolders(card.Architecture), Objective = card.Objective,
        Heads = card.Heads.ToDictionary(h => h.Key, h => WithoutFolders(h.Value)),
        Precision = card.Precision, BatchTokens = card.BatchTokens, BatchSize = card.BatchSize, TooLong = card.TooLong,
    };

    /// <summary>Reads the one beside weights; null where there is none, or it was written with others.</summary>
    /// <param name="weights">Full path of the weights.</param>
    /// <param name="say">Is told of one that is passed over.</param>
    /// <exception cref="DataException">It is malformed, or names files outside the folder.</exception>
    public static ExportRecord? Beside(string weights, Action<string> say)
    {
        var path = Path.Combine(Path.GetDirectoryName(weights)!, FileName);
        if (!File.Exists(path)) return null;
        ExportRecord record;
        try { record = JsonSerializer.Deserialize<ExportRecord>(File.ReadAllBytes(path), Json.Indented)!; }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new DataException(
                $"'{path}' cannot be read: {failure.Message} Fetch it again, or delete it: the weights are then read by "
                + "config.json alone.", failure);
        }
        if (record.Format != 1)
            throw new DataException($"'{path}' has layout {record.Format}; this host knows layout 1. Use a newer host.");
        if (record.TokenizerFiles.FirstOrDefault(f => f.Length == 0 || f is "." or ".." || f.AsSpan().ContainsAny("/\\\0")) is { } outside)
            throw new DataException($"'{path}' names the file '{outside}', which is no plain file name beside it. It is refused.");
        using var stream = new FileStream(weights, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
        if (Convert.ToHexStringLower(SHA256.HashData(stream)) == record.WeightsSha256) return record;
        say($"{FileName} was written with other weights and is passed over; config.json says what these are.");
        return null;
    }

    /// <summary>The layout's plan with what the record knows better.</summary>
    /// <param name="plan">The layout's.</param>
    /// <param name="folder">Holds the tokenizer's files.</param>
    /// <param name="newHead">Whether the user asked for another head.</param>
    /// <exception cref="DataException">A file is missing.</exception>
    public CheckpointPlan Complete(CheckpointPlan plan, string folder, bool newHead)
    {
        var files = TokenizerFiles.ToDictionary(f => f, f => Path.Combine(folder, f));
        if (files.FirstOrDefault(f => !File.Exists(f.Value)).Key is { } missing)
            throw new DataException($"'{folder}' has no {missing}, which its tokenizer needs. Fetch the folder again.");
        plan = plan with { Tokenizer = Tokenizer, TokenizerFiles = files };
        if (newHead) return plan;
        // A role that the layout fills is filled by what the names in the file are.
        var heads = new Dictionary<string, ComponentSpec>(Heads);
        foreach (var (role, spec) in plan.Heads) heads[role] = spec;
        return plan with { Architecture = Architecture, Objective = Objective, Heads = heads };
    }

    private static ComponentSpec WithoutFolders(ComponentSpec spec) =>
        spec with { With = spec.With.ToDictionary(o => o.Key, o => WithoutFolders(o.Value)) };

    private static object? WithoutFolders(object? value) => value switch
    {
        string text when Path.IsPathRooted(text) => Path.GetFileName(text),
        ComponentSpec spec => WithoutFolders(spec),
        IReadOnlyDictionary<string, object?> map => map.ToDictionary(o => o.Key, o => WithoutFolders(o.Value)),
        IEnumerable<object?> list => list.Select(WithoutFolders).ToList(),
        _ => value,
    };
}
