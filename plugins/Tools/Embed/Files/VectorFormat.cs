using System.IO.Compression;
using PluginHost.Libs.Files.Outputs;

namespace PluginHost.Plugins.Embed.Files;

/// <summary>The formats there are, told by the file's name.</summary>
internal static class VectorFormat
{
    /// <summary>Refuses a name that tells no format.</summary>
    /// <exception cref="UsageException">It ends otherwise.</exception>
    public static void Check(OutputFile output) => _ = Find(output);

    /// <summary>Begins a file.</summary>
    /// <param name="output">Tells the format.</param>
    /// <param name="stream">Receives it.</param>
    /// <param name="facts">For its head.</param>
    public static IVectorFile Begin(OutputFile output, Stream stream, VectorFacts facts) => Find(output)(output, stream, facts);

    private static Func<OutputFile, Stream, VectorFacts, IVectorFile> Find(OutputFile output) =>
        Path.GetFileName(output.Path).ToLowerInvariant() switch
        {
            var name when name.EndsWith(".tsv", StringComparison.Ordinal) || (output.IsStream && !name.Contains('.')) =>
                (_, stream, facts) => new TsvFile(stream, facts),
            var name when name.EndsWith(".tsv.gz", StringComparison.Ordinal) =>
                (_, stream, facts) => new TsvFile(new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true), facts),
            var name when name.EndsWith(".parquet", StringComparison.Ordinal) => (_, stream, facts) => new ParquetFile(stream, facts),
            var name when name.EndsWith(".npz", StringComparison.Ordinal) =>
                (file, stream, facts) => new NpzFile(file.Scratch, stream, facts),
            _ => throw new UsageException($"--output {output.Path}: the name must end in .tsv, .tsv.gz, .parquet or .npz."),
        };
}
