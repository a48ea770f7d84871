using System.Globalization;
using System.IO.Compression;
using PluginHost;

namespace SignalTrack;

/// <summary>
/// Reads bedGraph (0-based, half-open) and wig (1-based; fixedStep and variableStep), UCSC's track formats, plain or gzip.
/// </summary>
internal static class TrackReader
{
    private static readonly char[] blanks = [' ', '\t'];

    /// <exception cref="DataException">It is missing, or a line is neither; names file and line.</exception>
    public static Track Read(string path)
    {
        if (!File.Exists(path)) throw new DataException($"{path} does not exist.");
        var read = new Dictionary<string, List<(long, long, float)>>(StringComparer.Ordinal);
        using var reader = Open(path);
        var (wig, number) = (default(Wig), 0L);
        while (reader.ReadLine() is { } line)
        {
            number++;
            var cells = line.Split(blanks, StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length == 0 || cells[0] is "track" or "browser" || cells[0][0] == '#') continue;
            if (cells[0] is "fixedStep" or "variableStep")
            {
                wig = Wig.Parse(cells) ?? throw Wrong();
                continue;
            }
            var (chromosome, start, end, value) = wig is null ? BedGraph() : wig.Next(cells) ?? throw Wrong();
            if (start < 0 || end <= start || !float.IsFinite(value)) throw Wrong();
            if (!read.TryGetValue(chromosome, out var stretches)) read[chromosome] = stretches = [];
            stretches.Add((start, end, value));

            (string, long, long, float) BedGraph() => cells.Length == 4
                && Whole(cells[1]) is { } from && Whole(cells[2]) is { } to && Number(cells[3]) is { } held
                ? (cells[0], from, to, held) : throw Wrong();

            DataException Wrong() => new($"{path}:{number}: '{line}' is no line of a track: bedGraph has chromosome, start, end and a "
                + "number, wig a declaration and numbers.");
        }
        return new Track(path, read);
    }

    public static long? Whole(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    public static float? Number(string text) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static StreamReader Open(string path)
    {
        var file = File.OpenRead(path);
        var packed = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return new(packed ? new GZipStream(file, CompressionMode.Decompress) : file);
    }
}
