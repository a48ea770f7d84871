using PluginHost.Host.Models.Checkpoints.Pickle;

namespace PluginHost.Host.Models.Checkpoints.Containers;

/// <summary>Opens published weights, whatever container they are in.</summary>
public static class CheckpointFile
{
    private const int LongestBeginning = 16;

    /// <summary>What a folder's weights are called, best first.</summary>
    private static readonly string[] usual =
        ["model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json"];

    private static readonly string[] extensions = [".safetensors", ".bin", ".pt", ".pth", ".ckpt"];

    /// <summary>Beginnings of names that programs save beside weights, so that a refusal can say how to save the weights alone.</summary>
    private static readonly string[] programs =
        ["pytorch_lightning", "lightning", "omegaconf", "argparse", "numpy", "transformers", "deepspeed", "torch.optim", "pathlib"];

    /// <summary>The file that holds the weights: the path itself, or the one in a folder.</summary>
    /// <exception cref="DataException">
    /// There is none, more than one that could be meant, or something that is no published model.
    /// </exception>
    public static string Find(string path)
    {
        if (Path.Exists(path)) ForeignModelFolder.Check(path);
        if (File.Exists(path)) return Path.GetFullPath(path);
        if (!Directory.Exists(path)) throw new DataException($"'{path}' does not exist; name a folder of published weights, or a file.");
        foreach (var name in usual)
            if (File.Exists(Path.Combine(path, name))) return Path.GetFullPath(Path.Combine(path, name));
        var others = Directory.GetFiles(path).Where(f => extensions.Contains(Path.GetExtension(f).ToLowerInvariant()))
            .Order(StringComparer.Ordinal).ToList();
        return others switch
        {
            [var only] => Path.GetFullPath(only),
            [] => throw new DataException($"'{path}' has no weights: none of {string.Join(", ", usual)}, nor another file ending in "
                + $"{string.Join(", ", extensions)}. {ForeignModelFolder.InPlaceOfWeights(path)}".TrimEnd()),
            _ => throw new DataException($"'{path}' has several files of weights: {string.Join(", ", others.Select(Path.GetFileName))}. "
                + "Name the one that is meant."),
        };
    }

    /// <summary>Whether a folder holds weights under a usual name.</summary>
    internal static bool HasUsual(string folder) => Array.Exists(usual, name => File.Exists(Path.Combine(folder, name)));

    /// <summary>Opens a file by what it begins with, whatever it is called.</summary>
    /// <exception cref="DataException">It is of no known container, or malformed: one sentence says why.</exception>
    public static Checkpoint Open(string path)
    {
        if (path.EndsWith(".index.json", StringComparison.OrdinalIgnoreCase)) return new ShardedCheckpoint(path, OpenOne);
        return OpenOne(path);
    }

    private static Checkpoint OpenOne(string path) => Open(new MappedFile(path));

    /// <summary>Opens a mapped file, which the result owns.</summary>
    internal static Checkpoint Open(MappedFile file)
    {
        var path = file.Path;
        try
        {
            var first = new byte[Math.Min(file.Length, LongestBeginning)];
            file.Read(0, first);
            if (first.AsSpan().StartsWith("PK\x03\x04"u8))
                return File.Exists(path) && ForeignWeights.Zip(path) is { } folder
                    ? throw new DataException($"'{path}' holds no weights that can be read. {folder}") : TorchZip.Open(file);
            if (TorchStream.Begins(first)) return TorchStream.Open(file);
            file.Dispose();
            // Nine bytes of a header length and a brace: whatever else it is, the strict reader says what is wrong.
            if (first.Length > 8 && first[8] == (byte)'{') return new SafetensorsCheckpoint(path);
            throw new DataException(
                $"'{path}' holds no weights that can be read: it is neither safetensors nor a file of torch.save. {Hint(path, first)}");
        }
        catch (PickleException refused)
        {
            file.Dispose();
            var remedy = Array.Exists(programs, p => refused.Message.Contains($" {p}", StringComparison.Ordinal))
                ? " Save the weights alone in Python: torch.save(checkpoint['state_dict'], 'pytorch_model.bin')." : "";
            throw new DataException($"'{path}' is refused: {refused.Message}.{remedy}", refused);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static string Hint(string path, byte[] first) => ForeignWeights.Name(path, first) ?? ForeignWeights.Data(path)
        ?? (path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) ? "Its header is damaged; fetch it again."
            : "Is it the right file?");
}
