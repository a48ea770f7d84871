using System.Diagnostics;

namespace PluginHost.Host.Tests;

/// <summary>
/// Files with a few bytes changed, runs repeated, lines swapped or an end cut off, for readers that must read each or refuse it in a
/// sentence, soon and in memory that the file's size bounds.
/// </summary>
public static class Mutants
{
    /// <summary>Far more than a reader takes on a busy machine, far less than one that never ends.</summary>
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(30);

    // A reader may take buffers of its own, and a model folder's tokenizer holds all its words.
    private const long AllowedBytes = 256L << 20;

    // What has a meaning in one format or another.
    private const string Telling = "\0\t\n\r\"',;:-|/>#{}[]9\u00ff";

    /// <summary>Tries a reader on changed versions of a good file.</summary>
    /// <param name="good">The file.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Of the changes.</param>
    /// <param name="read">Reads all of what it is given; failures other than <see cref="HostException"/> are the reader's.</param>
    /// <returns>How many were refused.</returns>
    public static int Try(byte[] good, int count, ulong seed, Action<byte[]> read)
    {
        var random = new SeededRandom(seed);
        var refused = 0;
        read(good);
        for (var i = 0; i < count; i++)
        {
            var mutant = Of(good, random);
            var (bytes, start) = (GC.GetTotalAllocatedBytes(), Stopwatch.GetTimestamp());
            try { read(mutant); }
            catch (HostException failure)
            {
                refused++;
                Assert.False(string.IsNullOrWhiteSpace(failure.Message));
            }
            catch (Exception failure) { Assert.Fail($"mutant {i} of seed {seed}: {failure}\n{Shown(mutant)}"); }
            var took = Stopwatch.GetElapsedTime(start);
            Assert.True(took < longest, $"mutant {i} of seed {seed} took {took}");
            bytes = GC.GetTotalAllocatedBytes() - bytes;
            Assert.True(bytes < AllowedBytes, $"mutant {i} of seed {seed}: {bytes:N0} bytes for a file of {mutant.Length:N0}");
        }
        return refused;
    }

    /// <summary>A changed version.</summary>
    public static byte[] Of(byte[] good, SeededRandom random)
    {
        var mutant = good.ToList();
        for (var changes = random.Next(1, 5); changes > 0 && mutant.Count > 0; changes--)
        {
            var at = (int)random.Next(mutant.Count);
            var length = (int)Math.Min(random.Next(1, 40), mutant.Count - at);
            switch (random.Next(7))
            {
                case 0: mutant[at] ^= (byte)(1 << (int)random.Next(8)); break;
                case 1: mutant[at] = (byte)Telling[(int)random.Next(Telling.Length)]; break;
                case 2: mutant.RemoveRange(at, length); break;
                case 3: mutant.InsertRange((int)random.Next(mutant.Count), mutant.GetRange(at, length)); break;
                case 4: mutant.InsertRange(at, "99999999999999999999"u8.ToArray()); break;
                case 5: mutant.InsertRange(at, Enumerable.Repeat(mutant[at], (int)random.Next(1, 3000))); break;
                default: mutant.RemoveRange(at, mutant.Count - at); break;
            }
        }
        return [.. mutant];
    }

    private static string Shown(byte[] mutant) => System.Text.Encoding.Latin1.GetString(mutant.AsSpan(..Math.Min(mutant.Length, 2000)));
}
