using System.Runtime.InteropServices;

namespace PluginHost.Libs.TableFiles.Numpy;

/// <summary>Texts that wait on the disk until the longest of them is known, which numpy's arrays of texts begin with.</summary>
/// <param name="folder">Where they wait.</param>
public sealed class WaitingTexts(string folder) : IDisposable
{
    private readonly WaitingFile file = new(folder);
    private int longest = 1;

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>As numpy writes it: <c>&lt;U12</c>.</summary>
    public string Type => $"<U{longest}";

    /// <summary>Adds one.</summary>
    public void Add(string text)
    {
        var points = text.EnumerateRunes().Select(r => r.Value).ToArray();
        longest = Math.Max(longest, points.Length);
        file.Write([points.Length]);
        file.Write<int>(points);
        Count++;
    }

    /// <summary>Each four bytes a letter and filled up with zeros to the longest.</summary>
    public void CopyTo(Stream target)
    {
        var source = file.Rewound();
        var text = new int[longest];
        Span<int> length = [0];
        for (var t = 0L; t < Count; t++)
        {
            source.ReadExactly(MemoryMarshal.AsBytes(length));
            Array.Clear(text);
            source.ReadExactly(MemoryMarshal.AsBytes(text.AsSpan(0, length[0])));
            target.Write(MemoryMarshal.AsBytes(text.AsSpan()));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
