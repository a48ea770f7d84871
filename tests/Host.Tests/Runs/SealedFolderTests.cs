using PluginHost.Host.Records;

namespace PluginHost.Host.Tests.Runs;

public sealed class SealedFolderTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("sealed").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    private string Write(string name = "step-1", int bytes = 20_000)
    {
        var folder = Path.Combine(root, name);
        SealedFolder.Write(folder, target =>
        {
            target.Add("weights", stream => { for (var i = 0; i < bytes; i++) stream.WriteByte((byte)i); });
            target.Add("state.json", "{}");
        });
        return folder;
    }

    [Fact]
    public void A_file_may_be_a_link_and_has_the_size_of_what_it_leads_to()
    {
        var folder = Write();
        var weights = Path.Combine(folder, "weights");
        File.Move(weights, Path.Combine(root, "blob"));
        File.CreateSymbolicLink(weights, "../blob");
        Assert.Null(SealedFolder.Verify(folder));
        File.AppendAllText(Path.Combine(root, "blob"), "x");
        Assert.Contains("weights has 20,001 bytes", SealedFolder.Verify(folder));
    }

    [Fact]
    public void A_written_folder_is_whole_and_leaves_nothing_beside_it()
    {
        var folder = Write();

        Assert.Null(SealedFolder.Verify(folder));
        Assert.Equal([folder], Directory.GetFileSystemEntries(root));
    }

    [Fact]
    public void A_failure_while_writing_leaves_nothing()
    {
        Assert.Throws<InvalidOperationException>(() => SealedFolder.Write(Path.Combine(root, "x"), target =>
        {
            target.Add("a", "1");
            throw new InvalidOperationException("no");
        }));

        Assert.Empty(Directory.GetFileSystemEntries(root));
    }

    [Fact]
    public void Truncation_at_every_4_KiB_is_noticed()
    {
        for (var length = 0; length < 20_000; length += 4096)
        {
            var folder = Write();
            using (var stream = File.OpenWrite(Path.Combine(folder, "weights"))) stream.SetLength(length);
            Assert.Contains("bytes instead of", SealedFolder.Verify(folder));
        }
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_noticed()
    {
        foreach (var name in (string[])["weights", "state.json", SealedFolder.ManifestName])
        {
            var folder = Write();
            var file = Path.Combine(folder, name);
            var bytes = File.ReadAllBytes(file);
            bytes[bytes.Length / 2] ^= 4;
            File.WriteAllBytes(file, bytes);
            Assert.NotNull(SealedFolder.Verify(folder));
        }
    }

    [Fact]
    public void A_missing_file_or_manifest_is_noticed()
    {
        var folder = Write();
        File.Delete(Path.Combine(folder, "state.json"));
        Assert.Contains("missing", SealedFolder.Verify(folder));

        folder = Write("step-2");
        File.Delete(Path.Combine(folder, SealedFolder.ManifestName));
        Assert.Contains("manifest", SealedFolder.Verify(folder));
    }

    [Fact]
    public void Replacing_swaps_the_whole_folder()
    {
        Write(bytes: 10);
        var folder = Write(bytes: 30);

        Assert.Equal(30, new FileInfo(Path.Combine(folder, "weights")).Length);
        Assert.Null(SealedFolder.Verify(folder));
    }

    [Fact]
    public void Cleaning_removes_half_written_folders_and_restores_one_that_was_being_replaced()
    {
        Directory.CreateDirectory(Path.Combine(root, ".partial-step-2"));
        Directory.Move(Write("step-3"), Path.Combine(root, ".replaced-step-3"));
        SealedFolder.Clean(root);

        Assert.Equal([Path.Combine(root, "step-3")], Directory.GetFileSystemEntries(root));
    }
}
