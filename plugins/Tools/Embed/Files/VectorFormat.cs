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
            var name when name.EndsWith(".parquet", StringComparison.Ordinal) => (_, stream, facts) => new ParquetFile(stream, facts),
            var name when name.EndsWith(".npz", StringComparison.Ordinal) =>
                (file, stream, facts) => new NpzFile(file.Scratch, stream, facts),
            var name when name.EndsWith(".gz", StringComparison.Ordinal) && Text(name[..^".gz".Length]) is { } begin =>
                (_, stream, facts) => begin(new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true), facts),
            var name when (output.IsStream && !name.Contains('.') ? Text(".tsv") : Text(name)) is { } begin =>
                (_, stream, facts) => begin(stream, facts),
            _ => throw new UsageException(
                $"--output {output.Path}: the name must end in .tsv, .csv or .jsonl (and .gz after it, to pack it), .parquet or .npz."),
        };

    private static Func<Stream, VectorFacts, IVectorFile>? Text(string name) => Path.GetExtension(name) switch
    {
        ".tsv" => (stream, facts) => new DelimitedFile(stream, facts, '\t'),
        ".csv" => (stream, facts) => new DelimitedFile(stream, facts, ','),
        ".jsonl" => (stream, facts) => new JsonLinesFile(stream, facts),
        _ => null,
    };
}
