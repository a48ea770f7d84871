using PluginHost.Checkpoints;

namespace PluginHost.Libs.Blocks;

using static TorchSharp.torch;

/// <summary>Lets an encoder start from published weights: strictly, so that no weight is at random by mistake.</summary>
public static class StartingWeights
{
    private const string FileName = "model.safetensors";

    /// <summary>The pooler is made at random by fine-tuning where published weights lack it.</summary>
    private const string Pooler = "pooler.";

    /// <summary>Weights of task heads, which do not belong to the encoder, and what some writers store although it is no weight.</summary>
    private static readonly string[] passedOver = ["cls.", "classifier.", "qa_outputs.", "embeddings.position_ids"];

    /// <summary>Reads every weight of the encoder from a file.</summary>
    /// <param name="module">The encoder, on the CPU.</param>
    /// <param name="prefix">What its names begin with in the file; files without any prefix are read as well.</param>
    /// <param name="path">A model folder or a .safetensors file; null for nothing to do.</param>
    /// <param name="context">Resolves the path. When it is loading a saved model nothing is read: the saved weights follow.</param>
    /// <param name="mayLack">Beginnings of the names of parts that stay at random when the file has none of their weights.</param>
    /// <returns>What was read and what was not, for the user.</returns>
    /// <exception cref="DataException">A weight is missing, has another shape, or has no place in this encoder.</exception>
    public static IReadOnlyList<string> Read(nn.Module module, string prefix, string? path, BuildContext context, params string[] mayLack)
    {
        if (path is null || context.SavedFile(FileName) is not null) return [];
        var resolved = context.ResolvePath(path);
        if (Directory.Exists(resolved)) resolved = Path.Combine(resolved, FileName);
        using var file = SafetensorsFile.Open(resolved);
        var shapes = file.Entries.ToDictionary(e => e.Name, e => e.Shape);
        var start = shapes.Keys.Any(n => n.StartsWith($"{prefix}.", StringComparison.Ordinal)) ? $"{prefix}." : "";
        string[] optional = [Pooler, .. mayLack];
        var absent = optional.Where(part => !shapes.Keys.Any(n => n.StartsWith(start + part, StringComparison.Ordinal))).ToArray();
        var state = module.state_dict();
        using var noGradients = no_grad();
        foreach (var (name, tensor) in state)
            if (!absent.Any(part => name.StartsWith(part, StringComparison.Ordinal))) Fill(tensor, file, start + name, shapes, resolved);
        Refuse(shapes.Keys.Where(n => n.StartsWith(start, StringComparison.Ordinal)).Select(n => n[start.Length..])
            .Where(n => !state.ContainsKey(n) && !n.StartsWith(Pooler, StringComparison.Ordinal)
                && !passedOver.Any(p => n.StartsWith(p, StringComparison.Ordinal))), resolved);
        return [Sentence(resolved, state.Keys, absent)];
    }

    private static void Fill(Tensor tensor, SafetensorsFile file, string name, Dictionary<string, long[]> shapes, string path)
    {
        if (!shapes.TryGetValue(name, out var shape))
            throw new DataException($"'{path}' has no weight '{name}', which the encoder needs. Give the architecture the options these "
                + "weights were trained with, or leave out 'startFrom'.");
        if (!shape.SequenceEqual(tensor.shape))
            throw new DataException($"'{path}': weight '{name}' has shape [{string.Join(", ", shape)}] but the encoder needs "
                + $"[{string.Join(", ", tensor.shape)}]. Give the architecture the options, and the tokenizer, these weights were "
                + "trained with.");
        using var read = file.Read(name);
        FiniteWeights.Check(read, path, name, "Fetch the file again, or start from others.");
        tensor.copy_(read);
    }

    private static void Refuse(IEnumerable<string> surplus, string path)
    {
        var names = surplus.Order(StringComparer.Ordinal).ToList();
        if (names.Count > 0)
            throw new DataException($"'{path}' has {names.Count} weights that this encoder has no place for, the first '{names[0]}'. Give "
                + "the architecture the options these weights were trained with.");
    }

    private static string Sentence(string path, IEnumerable<string> names, string[] absent)
    {
        var all = names.ToList();
        var random = absent.Where(part => all.Any(n => n.StartsWith(part, StringComparison.Ordinal))).ToArray();
        var count = all.Count(n => !random.Any(part => n.StartsWith(part, StringComparison.Ordinal)));
        return $"{count} weights of the encoder were read from '{path}'"
            + (random.Length == 0 ? "." : $"; not in it, and so at random: {string.Join(", ", random.Select(part => part.TrimEnd('.')))}.");
    }
}
