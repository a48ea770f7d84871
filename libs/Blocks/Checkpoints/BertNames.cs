using PluginHost.Checkpoints;

namespace PluginHost.Libs.Blocks.Checkpoints;

/// <summary>The tensor names of published BERTs, in the form the architectures here have them, whatever wrote them.</summary>
public sealed class BertNames
{
    private const string Prefix = "bert.";

    /// <summary>Parts of the encoder, which files of a bare encoder name without the prefix.</summary>
    private static readonly string[] encoderParts = ["embeddings.", "encoder.", "pooler.", "ngram_embeddings."];

    private readonly Dictionary<string, string> stateNames = [];

    /// <param name="content">What was published.</param>
    public BertNames(CheckpointContent content)
    {
        Content = content;
        var bare = !content.Tensors.Keys.Any(n => n.StartsWith(Prefix, StringComparison.Ordinal));
        foreach (var name in content.Tensors.Keys) stateNames[name] = State(name, bare);
    }

    /// <summary>What was published.</summary>
    public CheckpointContent Content { get; }

    /// <summary>State names by file name, where they differ.</summary>
    public IReadOnlyDictionary<string, string> Renamed => stateNames.Where(n => n.Key != n.Value).ToDictionary();

    /// <summary>Whether a tensor is there, by its state name.</summary>
    public bool Has(string stateName) => stateNames.ContainsValue(stateName);

    /// <summary>Whether any tensor's state name begins so.</summary>
    public bool HasAny(string beginning) => stateNames.Values.Any(n => n.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>The file names of tensors whose state name begins so.</summary>
    public IEnumerable<string> Files(string beginning) =>
        stateNames.Where(n => n.Value.StartsWith(beginning, StringComparison.Ordinal)).Select(n => n.Key);

    /// <summary>The shape of a tensor, by its state name, or null.</summary>
    public IReadOnlyList<long>? Shape(string stateName) =>
        stateNames.FirstOrDefault(n => n.Value == stateName).Key is { } file ? Content.Tensors[file].Shape : null;

    /// <summary>How many numbered parts follow a beginning: layers.</summary>
    public int Count(string beginning) => stateNames.Values
        .Where(n => n.StartsWith(beginning, StringComparison.Ordinal)).Select(n => n[beginning.Length..].Split('.')[0])
        .Where(n => int.TryParse(n, out _)).Distinct().Count();

    private static string State(string name, bool bare)
    {
        // Layer norms were gamma and beta in weights converted from TensorFlow.
        if (name.EndsWith("LayerNorm.gamma", StringComparison.Ordinal)) name = name[..^"gamma".Length] + "weight";
        else if (name.EndsWith("LayerNorm.beta", StringComparison.Ordinal)) name = name[..^"beta".Length] + "bias";
        // Heads that no published class has keep a name of their own in exports.
        foreach (var root in (string[])[BertHeads.MeanRoot, BertHeads.TokenRoot])
            if (name.StartsWith(root + ".", StringComparison.Ordinal)) return BertHeads.ClassRoot + name[root.Length..];
        return bare && Array.Exists(encoderParts, part => name.StartsWith(part, StringComparison.Ordinal)) ? Prefix + name : name;
    }
}
