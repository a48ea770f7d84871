using PluginHost.Torch.Loading;

namespace Torch.Tests.Loading;

/// <summary>A damaged library is read as far as it goes or refused in one way, and never for long.</summary>
public sealed class ElfImageTests
{
    private static readonly byte[] whole = File.ReadAllBytes(Path.Combine(Libtorch.Folder, "libc10.so"));

    private static int Read(byte[] bytes)
    {
        var image = new ElfImage(bytes);
        return image.Undefined.Concat(image.Exported).Sum(symbol => image.NameOf(symbol).Length) + image.NeededVersions().Count()
            + image.FindText("malloc") + (int)(image.ImportSlot("malloc") ?? 0) % 7;
    }

    [Fact]
    public void A_whole_one_has_names_of_both_kinds()
    {
        var image = new ElfImage(whole);
        Assert.Contains("_ZN3c1015GetCPUAllocatorEv", image.Exported.Select(image.NameOf));
        Assert.Contains("posix_memalign", image.Undefined.Select(image.NameOf));
        Assert.NotEmpty(image.NeededVersions());
    }

    [Fact]
    public void Damage_anywhere_ends_in_one_exception()
    {
        var random = new Random(5);
        var refused = 0;
        for (var i = 0; i < 120; i++)
        {
            // Headers lie at the beginning; the dynamic segment and the tables of symbols anywhere.
            var bytes = i % 3 == 0 ? whole[..random.Next(64, whole.Length)] : (byte[])whole.Clone();
            var within = i % 2 == 0 ? Math.Min(bytes.Length, 600) : bytes.Length;
            for (var flips = random.Next(1, 40); flips > 0; flips--) bytes[random.Next(within)] ^= (byte)random.Next(1, 256);
            try
            {
                _ = Read(bytes);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.True(refused > 30, $"{refused} of 120 were refused");
    }
}
