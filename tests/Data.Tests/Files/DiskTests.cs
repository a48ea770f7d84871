using PluginHost.Libs.Files;

namespace PluginHost.Data.Tests.Files;

public sealed class DiskTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("disk").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void A_failed_write_keeps_the_old_file_and_nothing_else()
    {
        var path = Path.Combine(root, "a.json");
        Disk.WriteAtomically(path, "old");
        Assert.Throws<InvalidOperationException>(() => Disk.WriteAtomically(path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException("no");
        }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(root));
    }

    [Fact]
    public void A_full_disk_is_a_resource_failure_with_a_remedy()
    {
        if (!File.Exists("/dev/full")) Assert.Skip("needs /dev/full");
        var failure = Assert.Throws<ResourceException>(() => Disk.Guard("/dev/full", () =>
        {
            using var stream = new FileStream("/dev/full", FileMode.Open, FileAccess.Write);
            stream.Write(new byte[100_000]);
            stream.Flush(true);
        }));

        Assert.Contains("no space", failure.Message);
        Assert.Equal(5, failure.ExitCode);
    }

    [Theory]
    [InlineData(12, "12 bytes")]
    [InlineData(1500, "1.5 kB")]
    [InlineData(2_500_000_000, "2.5 GB")]
    public void Sizes_are_readable(double bytes, string expected) => Assert.Equal(expected, Disk.Size(bytes));

    [Fact]
    public void Free_space_is_known_here() => Assert.True(Disk.FreeBytes(root) > 0);
}
