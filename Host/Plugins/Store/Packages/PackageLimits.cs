using PluginHost.Libs.Files;

namespace PluginHost.Host.Plugins.Store.Packages;

/// <summary>What a package may hold at most: more than any plugin needs, less than fills a disk.</summary>
/// <param name="Entries">Files and folders.</param>
/// <param name="Bytes">Of all files, unpacked.</param>
/// <param name="Ratio">Bytes unpacked for a byte packed, of all files together.</param>
public sealed record PackageLimits(int Entries, long Bytes, int Ratio)
{
    /// <summary>Below this many bytes unpacked the ratio says nothing.</summary>
    public const long SmallBytes = 16 << 20;

    /// <summary>10,000 entries, 4 GiB, 200 to 1.</summary>
    public static PackageLimits Usual { get; } = new(10_000, 4L << 30, 200);

    /// <summary>What is too much, as the rest of a sentence about the package; null for nothing.</summary>
    public string? Refuse(long entries, long bytes, long packed) =>
        entries > Entries ? $"holds {entries:N0} entries, more than the {Entries:N0} that a plugin may have"
        : bytes > Bytes ? $"holds {Disk.Size(bytes)}, more than the {Disk.Size(Bytes)} that a plugin may have"
        : bytes > SmallBytes && bytes / Ratio > packed
            ? $"unpacks to {Disk.Size(bytes)} from {Disk.Size(packed)}, more than {Ratio} to 1: it is made to fill disks" : null;
}
