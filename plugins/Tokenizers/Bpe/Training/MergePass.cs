using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace PluginHost.Plugins.Bpe.Training;

/// <summary>Merges one pair everywhere by going over the whole text, vector by vector: the way for frequent pairs.</summary>
internal static class MergePass
{
    /// <summary>Replaces the pair from left to right and closes the gaps.</summary>
    /// <param name="tokens">The text; it begins and ends with a break.</param>
    /// <param name="first">The pair's left token.</param>
    /// <param name="second">Its right token.</param>
    /// <param name="merged">What replaces them.</param>
    /// <param name="neighbours">Counts what stood beside each place.</param>
    /// <returns>The new length.</returns>
    public static int Run(Span<ushort> tokens, ushort first, ushort second, ushort merged, Neighbours neighbours)
    {
        ref var text = ref MemoryMarshal.GetReference(tokens);
        var (firsts, seconds) = (Vector256.Create(first), Vector256.Create(second));
        var (read, write) = (0, 0);
        while (read <= tokens.Length - Vector256<ushort>.Count - 2)
        {
            var here = Vector256.LoadUnsafe(ref text, (nuint)read);
            var next = Vector256.LoadUnsafe(ref text, (nuint)read + 1);
            var found = (Vector256.Equals(here, firsts) & Vector256.Equals(next, seconds)).ExtractMostSignificantBits();
            if (found == 0)
            {
                here.StoreUnsafe(ref text, (nuint)write);
                read += Vector256<ushort>.Count;
                write += Vector256<ushort>.Count;
                continue;
            }
            for (var stay = BitOperations.TrailingZeroCount(found); stay > 0; stay--) tokens[write++] = tokens[read++];
            Merge(tokens);
        }
        while (read < tokens.Length)
        {
            if (read + 2 < tokens.Length && tokens[read] == first && tokens[read + 1] == second) Merge(tokens);
            else tokens[write++] = tokens[read++];
        }
        return write;

        void Merge(Span<ushort> tokens)
        {
            neighbours.Add(tokens[write - 1], tokens[read + 2]);
            tokens[write++] = merged;
            read += 2;
        }
    }
}
