namespace PluginHost.Plugins.GGram;

/// <summary>
/// Up to eight token ids as one number: first token highest, each plus one, so that 0 is a free place and numbers sort as token lists do.
/// </summary>
/// <param name="Bits">Bits a token.</param>
internal readonly record struct TokenKey(int Bits)
{
    private const int AllBits = 128;
    private readonly int most = AllBits / Bits;

    /// <summary>Bits that hold ids below a number.</summary>
    public static TokenKey For(int tokens, int longest)
    {
        var bits = 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)tokens);
        return bits * longest <= AllBits
            ? new(bits)
            : throw new UsageException($"G-grams of {longest} tokens out of {tokens:N0} are beyond what can be counted; set 'maxLength' to "
                + $"at most {AllBits / bits}.");
    }

    /// <summary>Packs ids.</summary>
    public UInt128 Pack(ReadOnlySpan<int> tokens)
    {
        UInt128 key = 0;
        foreach (var token in tokens) key = key << Bits | (uint)(token + 1);
        return key << (most - tokens.Length) * Bits;
    }

    /// <summary>The ids again.</summary>
    public int[] Unpack(UInt128 key)
    {
        var tokens = new List<int>();
        for (var shift = (most - 1) * Bits; shift >= 0; shift -= Bits)
        {
            var value = (int)(key >> shift & (UInt128)((1u << Bits) - 1));
            if (value == 0) break;
            tokens.Add(value - 1);
        }
        return [.. tokens];
    }
}
