using System.Buffers;
using PluginHost.Libs.Files;

namespace PluginHost.Libs.Genomics.Fasta;

/// <summary>Bases read from the file when asked for.</summary>
public sealed class FileBases(IByteReader file) : IBases
{
    private const int Piece = 1 << 16;

    public void Read(FastaRecord record, long start, Span<char> destination)
    {
        var at = record.Layout.ByteOf(start, out var reached);
        var skip = start - reached;
        var filled = 0;
        var want = record.Layout.IsUniform ? record.Layout.ByteOf(start + destination.Length, out _) - at : Piece;
        var size = (int)Math.Clamp(want, 64, Piece);
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            while (filled < destination.Length)
            {
                var read = file.Read(at, buffer.AsSpan(0, size));
                if (read == 0) throw Changed(record);
                at += read;
                foreach (var b in buffer.AsSpan(0, read))
                {
                    if (b is (byte)'\n' or (byte)'\r' || FastaAlphabet.IsBlank(b)) continue;
                    if (b == '>') throw Changed(record);
                    if (skip > 0)
                    {
                        skip--;
                        continue;
                    }
                    var code = FastaAlphabet.Code(b);
                    if (code == 0) throw BadCharacter(record, start + filled, b);
                    destination[filled++] = (char)code;
                    if (filled == destination.Length) break;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private DataException Changed(FastaRecord record) => new(
        $"{DataFile.Show(file.Path)}: record '{record.Name}' ends before base {record.Length:N0}; the file changed or its .fai belongs to "
            + "another one: remove the .fai or set 'verify: true'.");

    private DataException BadCharacter(FastaRecord record, long position, byte found) => new(
        $"{DataFile.Show(file.Path)}: {(found is > 32 and < 127 ? $"'{(char)found}'" : $"byte 0x{found:x2}")} at base {position + 1:N0} of "
            + $"record '{record.Name}' is not a nucleotide code; "
        + $"allowed are {Iupac.Codes} and U, in either case. 'verify: true' names its line.");
}
