using System.Diagnostics;
using PluginHost.Torch.Loading;

namespace Torch.Tests.Loading;

/// <summary>TorchSharp's native library is mended in a copy, only as far as needed, and only if it is the library expected.</summary>
public sealed class StreamsMendTests : IDisposable
{
    private readonly string cache = Directory.CreateTempSubdirectory("mend-").FullName;

    private static string Library => LibtorchSearch.TorchSharp();

    public void Dispose() => Directory.Delete(cache, recursive: true);

    [Fact]
    public void Three_entries_are_changed_and_nothing_else()
    {
        var before = File.ReadAllBytes(Library);
        var after = StreamsMend.Apply(before);
        Assert.True(StreamsMend.Concerns(before));
        Assert.False(StreamsMend.Concerns(after));
        Assert.Equal(before.Length, after.Length);
        Assert.InRange(before.Zip(after).Count(pair => pair.First != pair.Second), 3, 8);
        // Mended once is enough: there is nothing left to mend.
        Assert.Throws<InvalidDataException>(() => StreamsMend.Apply(after));
    }

    [Fact]
    public void A_copy_is_written_once_and_mended_again_when_it_is_damaged()
    {
        var copy = MendedCopy.Of(Library, cache);
        var written = File.GetLastWriteTimeUtc(copy);
        Assert.Equal(copy, MendedCopy.Of(Library, cache));
        Assert.Equal(written, File.GetLastWriteTimeUtc(copy));
        using (var damaged = File.OpenWrite(copy)) damaged.WriteByte(0);
        Assert.Equal(copy, MendedCopy.Of(Library, cache));
        Assert.Equal(StreamsMend.Apply(File.ReadAllBytes(Library)), File.ReadAllBytes(copy));
        Assert.Equal([Path.GetFileName(copy)], Directory.GetFiles(Path.GetDirectoryName(copy)!).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Many_first_starts_at_once_agree()
    {
        var copies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => MendedCopy.Of(Library, cache))));
        Assert.Single(copies.Distinct());
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(copies[0])!));
    }

    [Fact]
    public void A_mended_copy_loads_where_the_original_does_not_or_does()
    {
        var copy = MendedCopy.Of(Library, cache);
        // The loader's own tool; the libraries it needs are asked for by their folder.
        var start = new ProcessStartInfo("ldd", ["-r", copy]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LD_LIBRARY_PATH"] = Libtorch.Folder;
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        Assert.DoesNotContain("undefined symbol", said);
        Assert.DoesNotContain("=> not found", said);
        // Where the version is absent, the loader knows that it may be.
        Assert.All(said.Split('\n').Where(line => line.Contains("GLIBCXX")), line => Assert.Contains("weak version", line));
    }

    [Theory]
    [InlineData("not a library", "64-bit ELF")]
    [InlineData("libc10", "does not take both")]
    [InlineData("cut off", "")]
    public void Another_file_is_refused_and_nothing_is_written(string what, string why)
    {
        var other = Path.Combine(cache, "libLibTorchSharp.so");
        var bytes = what switch
        {
            "libc10" => File.ReadAllBytes(Path.Combine(Libtorch.Folder, "libc10.so")),
            "cut off" => File.ReadAllBytes(Library)[..100_000],
            _ => System.Text.Encoding.ASCII.GetBytes(what),
        };
        File.WriteAllBytes(other, bytes);
        var error = Assert.Throws<LibtorchException>(() => MendedCopy.Of(other, cache));
        Assert.Contains(other, error.Message);
        Assert.Contains(why, error.Message);
        Assert.Equal([other], Directory.GetFileSystemEntries(cache));
    }

    [Fact]
    public void A_cache_that_cannot_be_written_says_what_to_do()
    {
        var file = Path.Combine(cache, "file");
        File.WriteAllText(file, "");
        var error = Assert.Throws<LibtorchException>(() => MendedCopy.Of(Library, file));
        Assert.Contains("XDG_CACHE_HOME", error.Message);
    }
}
