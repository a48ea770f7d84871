using PluginHost.Host.BuiltIns.Sources.Files;

namespace PluginHost.Host.BuiltIns.Sources;

/// <summary>Tells which source reads a file, so that a command line can name the file alone.</summary>
public static class InputKind
{
    /// <summary>The data a file or folder holds, as a pipeline would write it: whole FASTA records, or a table, for whichever split is asked.</summary>
    /// <exception cref="DataException">The file is missing, empty, or neither.</exception>
    public static ComponentSpec Guess(string path)
    {
        if (Directory.Exists(path)) return new("table", new Dictionary<string, object?> { ["folder"] = path });
        var head = new byte[1 << 12];
        int read;
        using (var handle = DataFile.Open(path)) read = DataFile.ReadAt(handle, path, 0, head);
        if (CompressionSniffer.Detect(head.AsSpan(0, read), path) != Compression.None)
        {
            using var gzip = new GzipText(DataFile.Guard(path, () => File.OpenRead(path)), path);
            read = gzip.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        }
        var text = head.AsSpan(0, read).TrimStart([.. "\r\n\t "u8, .. System.Text.Encoding.UTF8.Preamble]);
        return text.StartsWith(">"u8)
            ? new("fasta", new Dictionary<string, object?> { ["path"] = path, ["how"] = "whole", ["as"] = "any" })
            : new("table", new Dictionary<string, object?> { ["path"] = path });
    }
}
