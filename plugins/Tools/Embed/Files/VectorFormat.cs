using System.IO.Compression;

namespace PluginHost.Plugins.Embed.Files;

/// <summary>The formats there are, told by the file's name.</summary>
internal static class VectorFormat
{
    /// <summary>Refuses a name that tells no format.</summary>
    /// <exception cref="UsageException">It ends otherwise.</exception>
    public static void Check(string path) => _ = Find(path);

    /// <summary>Begins a file.</summary>
    /// <param name="path">Tells the format.</param>
    /// <param name="stream">Receives it.</param>
    /// <param name="facts">For its head.</param>
    public static IVectorFile Begin(string path, Stream stream, VectorFacts facts) => Find(path)(path, stream, facts);

    private static Func<string, Stream, VectorFacts, IVectorFile> Find(string path) => path.ToLowerInvariant() switch
    {
        var name when name.EndsWith(".tsv", StringComparison.Ordinal) => (_, stream, facts) => new TsvFile(stream, facts),
        var name when name.EndsWith(".tsv.gz", StringComparison.Ordinal) =>
            (_, stream, facts) => new TsvFile(new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true), facts),
        var name when name.EndsWith(".parquet", StringComparison.Ordinal) => (_, stream, facts) => new ParquetFile(stream, facts),
        var name when name.EndsWith(".npz", StringComparison.Ordinal) => (whole, stream, facts) => new NpzFile(whole, stream, facts),
        _ => throw new UsageException($"--output {path}: the name must end in .tsv, .tsv.gz, .parquet or .npz."),
    };
}
