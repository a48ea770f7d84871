using System.IO.Compression;
using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Formats;

namespace PluginHost.Host.Models.Checkpoints.Containers;

/// <summary>Names files that people take for weights that can be read, and says what to do with each.</summary>
internal static class ForeignWeights
{
    private const int MostEntriesShown = 3;

    /// <summary>Files that make a zip one of a whole folder.</summary>
    private static readonly string[] ofFolders = ["config.json", "model.safetensors", "pytorch_model.bin", "vocab.txt", "tokenizer.json"];

    /// <summary>What a file is, and the remedy, in sentences; null for one that is not known.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="first">Its first bytes, 16 or all there are.</param>
    public static string? Name(string path, ReadOnlySpan<byte> first)
    {
        if (first.Length == 0) return "It is empty; fetch it again.";
        return ByBytes(first) ?? ByName(Path.GetFileName(path));
    }

    /// <summary>The same of data, which is read elsewhere.</summary>
    public static string? Data(string path) =>
        ForeignFormat.Find(TextFile.Head(path)) is { IsGuess: false } data ? $"It is {data.Name}, which holds no weights." : null;

    /// <summary>The same by the name alone, for files that a folder holds in place of weights.</summary>
    public static string? ByName(string name) => name.ToLowerInvariant() switch
    {
        "tf_model.h5" => "It is a Keras file of TensorFlow weights. " + Convert("TensorFlow", "from_tf=True"),
        "flax_model.msgpack" or "flax_model.msgpack.index.json" => "It holds Flax weights. " + Convert("Flax", "from_flax=True"),
        "saved_model.pb" => "It is a TensorFlow SavedModel. " + Convert("TensorFlow", "from_tf=True"),
        var n when n.Contains(".ckpt.", StringComparison.Ordinal) && (n.EndsWith(".index", StringComparison.Ordinal)
            || n.EndsWith(".meta", StringComparison.Ordinal) || n.Contains(".data-", StringComparison.Ordinal)) =>
            "It is part of a TensorFlow checkpoint. " + Convert("TensorFlow", "from_tf=True"),
        var n when n.EndsWith(".h5", StringComparison.Ordinal) || n.EndsWith(".keras", StringComparison.Ordinal) =>
            "It is a Keras file. " + Convert("TensorFlow", "from_tf=True"),
        var n when n.EndsWith(".msgpack", StringComparison.Ordinal) => "It holds Flax weights. " + Convert("Flax", "from_flax=True"),
        var n when n.EndsWith(".onnx", StringComparison.Ordinal) =>
            "It is an ONNX graph, whose weights have lost their names. Fetch the safetensors or PyTorch file of the same model.",
        var n when n.EndsWith(".gguf", StringComparison.Ordinal) || n.EndsWith(".ggml", StringComparison.Ordinal) => Gguf,
        var n when n.EndsWith(".npz", StringComparison.Ordinal) || n.EndsWith(".npy", StringComparison.Ordinal) =>
            "It holds NumPy arrays. Save them under their names with safetensors.numpy.save_file.",
        _ => null,
    };

    /// <summary>What a zip without PyTorch's own entries is; null for one that says nothing.</summary>
    public static string? Zip(string path)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            var names = zip.Entries.Select(e => e.FullName).Where(n => n.Length > 0 && !n.EndsWith('/')).ToList();
            if (names.Exists(n => n.EndsWith("/data.pkl", StringComparison.Ordinal))) return null;
            var found = names.Where(n => ofFolders.Contains(n.Split('/')[^1])).ToList();
            if (found.Count > 0)
                return $"It is a zip of a model folder (it has {string.Join(", ", found.Take(MostEntriesShown).Select(Shown))}): unpack it "
                    + "first, and import the folder.";
            return names.Exists(n => n.EndsWith(".npy", StringComparison.Ordinal)) ? ByName("x.npz") : null;
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            return null;
        }
    }

    private static string Gguf => "It holds weights of llama.cpp, quantised and renamed. Fetch the safetensors or PyTorch file of the same "
        + "model.";

    private static string? ByBytes(ReadOnlySpan<byte> first)
    {
        if (first.StartsWith("version https:"u8))
            return "It is a Git LFS pointer: fetch the file itself with 'git lfs pull'.";
        if (first.StartsWith("GGUF"u8)) return Gguf;
        if (first.StartsWith("\x89HDF"u8) || first.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'H', (byte)'D', (byte)'F']))
            return ByName("x.h5");
        if (first.StartsWith((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'])) return ByName("x.npy");
        if (first.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b])) return "It is compressed with gzip: unpack it first.";
        if (first.StartsWith((ReadOnlySpan<byte>)[0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z']))
            return "It is compressed with xz: unpack it first.";
        if (first.StartsWith((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd])) return "It is compressed with zstd: unpack it first.";
        if (first.StartsWith("7z\xbc\xaf"u8) || first.StartsWith("BZh"u8) || first.StartsWith("Rar!"u8))
            return "It is an archive: unpack it first, and import the folder.";
        var text = System.Text.Encoding.Latin1.GetString(first).TrimStart('\u00ef', '\u00bb', '\u00bf', ' ', '\r', '\n', '\t');
        if (text.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase))
            return "It is a web page, not the file that a page shows: fetch it by the download link (on Hugging Face 'resolve', "
                + "not 'blob'), "
                + "logged in where the model asks for it.";
        if (text.StartsWith("{\"error", StringComparison.Ordinal) || text is "Entry not found" or "Not Found"
            || text.StartsWith("Access to", StringComparison.Ordinal)
            || text.StartsWith("Invalid usern", StringComparison.Ordinal))
            return "It is a server's message of an error, not the file: fetch it again.";
        return first[0] == 0x80 ? "It is a plain pickle; load it in Python and save its tensors with torch.save or safetensors." : null;
    }

    private static string Convert(string framework, string how) =>
        $"{framework} weights are not read: convert them in Python (AutoModel.from_pretrained(FOLDER, {how}).save_pretrained(OTHER)) and "
        + "import what that writes.";

    private static string Shown(string name) => new([.. name.Take(80).Select(c => char.IsControl(c) ? '?' : c)]);
}
