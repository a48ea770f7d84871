using PluginHost.Libs.Files;
using PluginHost.Libs.Files.Formats;

namespace PluginHost.Libs.Motifs;

/// <summary>Reads files of motifs, told by their content: MEME's minimal format or JASPAR's matrices.</summary>
public static class MotifFile
{
    /// <summary>The motifs of a file, in its order.</summary>
    /// <exception cref="DataException">It is of neither format, of another alphabet than ACGT, damaged, or holds none.</exception>
    public static IReadOnlyList<Motif> Read(string path)
    {
        var lines = LineReader.Read(path, "a file of motifs", TextFormat.Table, TextFormat.Fasta).ToList();
        var first = lines.Find(l => l.Text.Trim().Length > 0).Text?.TrimStart() ?? "";
        var motifs = first.StartsWith("MEME version", StringComparison.OrdinalIgnoreCase) ? MemeFormat.Read(path, lines)
            : first.StartsWith('>') ? JasparFormat.Read(path, lines)
            : throw new DataException(
                $"{DataFile.Show(path)}: these are no motifs; a MEME file begins with 'MEME version 4', a JASPAR file "
                + "with '>' and the name of a matrix.");
        return motifs.Count > 0 ? motifs : throw new DataException($"{DataFile.Show(path)} holds no motif.");
    }
}
