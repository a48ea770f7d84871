using System.Diagnostics;
using PluginHost.Checkpoints;
using PluginHost.Host.Models.Checkpoints.Containers;

namespace PluginHost.Host.Tests.Checkpoints;

/// <summary>
/// 100,000 damaged files of every container: each is read or refused as a <see cref="DataException"/>, none takes long, and none
/// makes the reader allocate by what it claims instead of by what it has.
/// </summary>
public sealed class MutationTests
{
    /// <summary>Readers keep a few objects for each instruction and tensor; a buffer of a claimed size would be far beyond this.</summary>
    private const long AllowedPerByte = 64, AllowedAtLeast = 1 << 19;

    [Theory]
    [InlineData("zip.bin", 34_000)]
    [InlineData("stream.bin", 33_000)]
    [InlineData("all.safetensors", 33_000)]
    public void Mutated_files_are_read_or_refused(string golden, int rounds)
    {
        using var folder = new Scratch();
        var good = File.ReadAllBytes(GoldenContainers.File(golden));
        var random = new SeededRandom(17);
        var (read, refused) = (0, 0);
        var slowest = TimeSpan.Zero;
        var path = folder.File("mutated.bin");
        for (var round = 0; round < rounds; round++)
        {
            var mutated = Mutate(good, random);
            // In memory, which is fast; one in 64 from a real file, with all its data.
            var whole = round % 64 == 0;
            if (whole) File.WriteAllBytes(path, mutated);
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.GetTimestamp();
            try
            {
                if (whole) ReadAll(path);
                else Open(mutated, isSafetensors: golden.EndsWith(".safetensors", StringComparison.Ordinal));
                read++;
            }
            catch (DataException) { refused++; }
            var elapsed = Stopwatch.GetElapsedTime(watch);
            if (elapsed > slowest) slowest = elapsed;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Assert.True(allocated <= AllowedAtLeast + AllowedPerByte * mutated.Length,
                $"round {round}: {allocated:N0} bytes for a file of {mutated.Length:N0}");
        }
        // Both ways out are taken, or the mutations prove nothing.
        Assert.True(refused > rounds / 10, $"{refused} refused");
        Assert.True(read > rounds / 100, $"{read} read");
        Assert.True(slowest < TimeSpan.FromSeconds(5), $"the slowest took {slowest}");
    }

    private static void ReadAll(string path)
    {
        using var checkpoint = CheckpointFile.Open(path);
        foreach (var tensor in checkpoint.Tensors) checkpoint.Read(tensor.Name).Dispose();
    }

    private static void Open(byte[] content, bool isSafetensors)
    {
        if (isSafetensors) SafetensorsHeader.Read(new MemoryStream(content), content.Length, "mutated");
        else CheckpointFile.Open(new MappedFile("mutated", content)).Dispose();
    }

    /// <summary>Some bytes changed, most of them where the structure is; sometimes cut, repeated or with a length replaced.</summary>
    private static byte[] Mutate(byte[] good, SeededRandom random)
    {
        var mutated = (byte[])good.Clone();
        for (var n = random.Next(1, 5); n > 0; n--)
        {
            var at = (int)random.Next(mutated.Length);
            switch (random.Next(5))
            {
                case 0: mutated[at] = (byte)random.Next(256); break;
                case 1: mutated[at] ^= (byte)(1 << (int)random.Next(8)); break;
                case 2: mutated[at] = (byte)"\0\x01\x7f\x80\xff.(RcQ}{"[(int)random.Next(12)]; break;
                case 3:
                    var length = (int)Math.Min(random.Next(1, 9), mutated.Length - at);
                    mutated.AsSpan(at, length).Fill((byte)(random.Next(2) == 0 ? 0xff : 0));
                    break;
                default:
                    var from = (int)random.Next(good.Length);
                    var count = (int)Math.Min(random.Next(1, 40), Math.Min(good.Length - from, mutated.Length - at));
                    good.AsSpan(from, count).CopyTo(mutated.AsSpan(at));
                    break;
            }
        }
        return random.Next(10) == 0 ? mutated[..(int)random.Next(mutated.Length)] : mutated;
    }
}
