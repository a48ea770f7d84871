using System.Text;
using PluginHost.Libs.Files.Compressed;

namespace PluginHost.Libs.Genomics.Haplotypes;

/// <summary>Writes <c>.hapt</c> lines: group, name and alleles with a blank between.</summary>
public sealed class HaplotypeWriter : IDisposable
{
    private readonly BgzfWriter? packed;
    private readonly StreamWriter writer;

    /// <param name="stream">Written to, and left open.</param>
    /// <param name="pack">Whether as bgzip, which is gzip too.</param>
    public HaplotypeWriter(Stream stream, bool pack)
    {
        packed = pack ? new BgzfWriter(new Files.KeptOpen(stream)) : null;
        writer = new(packed ?? stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
    }

    /// <summary>Writes a haplotype.</summary>
    /// <param name="group">Without blanks.</param>
    /// <param name="name">Likewise.</param>
    /// <param name="bits">Words of a row of <see cref="BitMatrix"/>.</param>
    /// <param name="sites">How many SNPs there are.</param>
    public void Add(string group, string name, ReadOnlySpan<ulong> bits, int sites)
    {
        writer.Write(group);
        writer.Write(' ');
        writer.Write(name);
        for (var i = 0; i < sites; i++) writer.Write((bits[i / BitMatrix.WordBits] >> i & 1) != 0 ? " 1" : " 0");
        writer.WriteLine();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        writer.Dispose();
        packed?.Dispose();
    }
}
