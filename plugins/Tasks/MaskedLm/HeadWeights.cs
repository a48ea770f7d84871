using PluginHost.Checkpoints;

namespace PluginHost.Plugins.MaskedLm;

using static TorchSharp.torch;

/// <summary>Lets the head start from published weights: every one of its own must be in the file.</summary>
internal static class HeadWeights
{
    private const string FileName = "model.safetensors";

    /// <summary>Fills the head's weights; the bias a token is found under either of its published names.</summary>
    /// <param name="head">On the CPU.</param>
    /// <param name="path">A model folder or a .safetensors file; null for nothing to do.</param>
    /// <param name="context">Resolves the path. When it is loading a saved model nothing is read: the saved weights follow.</param>
    /// <returns>Whether it was filled.</returns>
    /// <exception cref="DataException">A weight is missing or has another shape.</exception>
    public static bool Read(Head head, string? path, BuildContext context)
    {
        if (path is null || context.SavedFile(FileName) is not null) return false;
        var resolved = context.ResolvePath(path);
        if (Directory.Exists(resolved)) resolved = Path.Combine(resolved, FileName);
        using var file = SafetensorsFile.Open(resolved);
        using var noGradients = no_grad();
        var shapes = file.Entries.ToDictionary(e => e.Name, e => e.Shape);
        foreach (var (name, tensor) in head.state_dict())
        {
            var found = Names(name).Select(n => $"{head.StatePrefix}.{n}").FirstOrDefault(shapes.ContainsKey)
                ?? throw new DataException($"'{resolved}' has no weight '{head.StatePrefix}.{name}', which the masked-lm head needs. Give "
                    + "weights that were saved with their masked-lm head, or leave out 'startFrom'.");
            if (!shapes[found].SequenceEqual(tensor.shape))
                throw new DataException($"'{resolved}': weight '{found}' has shape [{string.Join(", ", shapes[found])}] but the masked-lm "
                    + $"head needs [{string.Join(", ", tensor.shape)}]. "
                    + "Use the architecture and tokenizer these weights were trained with.");
            using var read = file.Read(found);
            FiniteWeights.Check(read, resolved, found, "Fetch the file again, or start from others.");
            tensor.copy_(read);
        }
        return true;
    }

    private static IEnumerable<string> Names(string own) => own is "bias" or "decoder.bias" ? [own, "bias", "decoder.bias"] : [own];
}
