using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace PluginHost.Plugins.Tests.Embed;

/// <summary>An array of numpy's, read by its format's description alone.</summary>
/// <param name="Type">As numpy writes it.</param>
/// <param name="Shape">Outermost first.</param>
/// <param name="Data">C order, little endian.</param>
internal sealed partial record NpyArray(string Type, long[] Shape, byte[] Data)
{
    public static Dictionary<string, NpyArray> ReadAll(byte[] npz)
    {
        using var zip = new ZipArchive(new MemoryStream(npz));
        return zip.Entries.ToDictionary(e => Path.GetFileNameWithoutExtension(e.Name), Read);
    }

    public T[] As<T>() where T : unmanaged => MemoryMarshal.Cast<byte, T>(Data).ToArray();

    public string[] Texts()
    {
        var width = int.Parse(Type[2..]);
        return [.. As<int>().Chunk(width).Select(points => string.Concat(points.Where(p => p != 0).Select(char.ConvertFromUtf32)))];
    }

    private static NpyArray Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var bytes = memory.ToArray();
        Assert.Equal([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0], bytes[..8]);
        var length = bytes[8] + 256 * bytes[9];
        Assert.Equal(0, (10 + length) % 64);
        var head = System.Text.Encoding.ASCII.GetString(bytes, 10, length);
        Assert.EndsWith("\n", head);
        var match = Head().Match(head);
        Assert.True(match.Success, head);
        var shape = match.Groups[2].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(long.Parse).ToArray();
        return new(match.Groups[1].Value, shape, bytes[(10 + length)..]);
    }

    [GeneratedRegex(@"^\{'descr': '([^']+)', 'fortran_order': False, 'shape': \(([^)]*)\), \} *\n$")]
    private static partial Regex Head();
}
