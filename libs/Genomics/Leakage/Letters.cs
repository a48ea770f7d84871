namespace PluginHost.Libs.Genomics.Leakage;

/// <summary>Sequences as bytes, which compare faster and take half the memory of text.</summary>
public static class Letters
{
    private static readonly byte[] complements = Complements();

    /// <summary>Latin-1 bytes of a sequence.</summary>
    public static byte[] Of(ReadOnlySpan<char> sequence)
    {
        var bytes = new byte[sequence.Length];
        System.Text.Encoding.Latin1.GetBytes(sequence, bytes);
        return bytes;
    }

    /// <summary>The reverse complement.</summary>
    public static byte[] ReverseComplement(ReadOnlySpan<byte> sequence)
    {
        var result = new byte[sequence.Length];
        for (var i = 0; i < sequence.Length; i++) result[^(i + 1)] = complements[sequence[i]];
        return result;
    }

    /// <summary>A hash of the whole sequence.</summary>
    public static ulong Hash(ReadOnlySpan<byte> sequence)
    {
        var hash = 0x9E3779B97F4A7C15UL + (ulong)sequence.Length;
        for (; sequence.Length >= 8; sequence = sequence[8..]) hash = Mix(hash ^ BitConverter.ToUInt64(sequence));
        foreach (var letter in sequence) hash = Mix(hash ^ letter);
        return hash;
    }

    /// <summary>Spreads 64 bits over 64 bits, one to one (the finaliser of splitmix64).</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    private static byte[] Complements()
    {
        var table = new byte[256];
        for (var i = 0; i < 256; i++) table[i] = (byte)i;
        foreach (var code in Iupac.Codes) table[code] = (byte)Iupac.ReverseComplement(code.ToString())[0];
        return table;
    }
}
