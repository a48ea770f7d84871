using System.Buffers.Binary;
using System.IO.Compression;
using PluginHost.Host.Plugins.Store.Packages;

namespace PluginHost.Host.Tests.Plugins.Store;

/// <summary>Packages that would write elsewhere or fill the disk are refused before a byte of them is unpacked.</summary>
public sealed class PackageReaderTests : IDisposable
{
    private readonly UserHome home = new();

    public void Dispose() => home.Dispose();

    [Theory]
    [InlineData("../../evil.dll", "leads out of the plugin's folder")]
    [InlineData("/tmp/evil.dll", "is an absolute path")]
    [InlineData("X/..\\evil.dll", "has a backslash")]
    [InlineData("X/../../", "leads out of the plugin's folder")]
    public void A_name_that_leads_out_is_refused(string name, string why)
    {
        var zip = home.Zip("evil.zip", ("X/X.dll", "x"), (name, ""));
        Assert.Contains(why, Refused(zip));
        Assert.EndsWith("Nothing was installed.", Refused(zip));
        Assert.Empty(home.Installed());
    }

    [Fact]
    public void Names_that_differ_in_case_alone_and_names_twice_are_refused()
    {
        Assert.Contains("differ in upper and lower case", Refused(home.Zip("case.zip", ("X/X.dll", ""), ("X/x.dll", ""))));
        Assert.Contains("is there twice", Refused(home.Zip("twice.zip", ("X/X.dll", "a"), ("X/X.dll", "b"))));
    }

    [Theory]
    [InlineData(0xA1FF, "a link")]
    [InlineData(0x21B6, "no regular file")]
    [InlineData(0x11B6, "no regular file")]
    public void Links_devices_and_pipes_are_refused(int mode, string what)
    {
        using (var archive = ZipFile.Open(home.At("link.zip"), ZipArchiveMode.Create))
        {
            var entry = archive.CreateEntry("X/passwd");
            using (var stream = entry.Open()) stream.Write("/etc/passwd"u8);
            entry.ExternalAttributes = mode << 16;
        }
        Assert.Contains($"'X/passwd' is {what}", Refused(home.At("link.zip")));
    }

    [Fact]
    public void An_encrypted_one_is_refused()
    {
        var zip = home.Zip("secret.zip", ("X/X.dll", "x"));
        var bytes = File.ReadAllBytes(zip);
        // Bit 0 of the general purpose flags, in the entry and in the list (APPNOTE 4.4.4).
        for (var at = 0; at < bytes.Length - 4; at++)
            if (BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)) is var kind && kind is 0x04034b50 or 0x02014b50)
                bytes[at + (kind == 0x04034b50 ? 6 : 8)] |= 1;
        File.WriteAllBytes(zip, bytes);
        Assert.Contains("is encrypted", Refused(zip));
    }

    [Fact]
    public void Too_many_entries_too_many_bytes_and_a_bomb_are_refused()
    {
        var many = home.Zip("many.zip", [.. Enumerable.Range(0, 30).Select(i => ($"X/{i}", "12345678"))]);
        Assert.Contains("more than 20 entries", Refused(many, new(20, 1 << 20, 200)));
        Assert.Contains("holds 240 bytes, more than the 100 bytes", Refused(many, new(100, 100, 200)));
        using (var archive = ZipFile.Open(home.At("bomb.zip"), ZipArchiveMode.Create))
        using (var stream = archive.CreateEntry("X/zeros").Open())
            for (var i = 0; i < 40; i++) stream.Write(new byte[1 << 20]);
        Assert.Contains("more than 200 to 1: it is made to fill disks", Refused(home.At("bomb.zip")));
    }

    [Fact]
    public void A_file_that_is_longer_than_it_says_is_not_unpacked()
    {
        var source = home.Fixture("NeedsLate");
        File.WriteAllText(Path.Combine(source, "data.txt"), new string('x', 5000));
        var zip = home.Pack(source);
        var bytes = File.ReadAllBytes(zip);
        for (var at = 0; at < bytes.Length - 46; at++)
            if (BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)) == 0x02014b50
                && BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 24)) == 5000)
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at + 24), 10);
        File.WriteAllBytes(zip, bytes);
        var refusal = Assert.ThrowsAny<HostException>(() => home.Install(zip));
        Assert.Contains("Nothing was installed", refusal.Message);
        Assert.Empty(home.Installed());
    }

    [Fact]
    public void What_is_no_archive_or_damaged_or_missing_is_a_fault_of_the_data()
    {
        File.WriteAllText(home.At("text.zip"), "not an archive at all, but long enough to look for a record in");
        Assert.Contains("no zip archive", Assert.Throws<DataException>(() => PackageReader.Open(home.At("text.zip"))).Message);
        var zip = home.Zip("whole.zip", ("X/X.dll", new string('x', 1000)));
        File.WriteAllBytes(home.At("cut.zip"), File.ReadAllBytes(zip)[..^30]);
        Assert.Contains("no zip archive", Assert.Throws<DataException>(() => PackageReader.Open(home.At("cut.zip"))).Message);
        Assert.Contains("does not exist", Assert.Throws<DataException>(() => PackageReader.Open(home.At("nowhere.zip"))).Message);
        File.WriteAllText(home.At("empty.zip"), "");
        Assert.Contains("is empty", Assert.Throws<DataException>(() => PackageReader.Open(home.At("empty.zip"))).Message);
    }

    [Fact]
    public void Cut_or_changed_anywhere_it_is_refused_in_a_sentence()
    {
        var bytes = File.ReadAllBytes(home.Pack(home.Fixture("NeedsLate")));
        var random = new SeededRandom(5);
        for (var i = 0; i < 60; i++)
        {
            var spoilt = bytes.ToArray();
            for (var change = 0; change < 3; change++) spoilt[random.Next(0, spoilt.Length)] = (byte)random.Next(0, 256);
            File.WriteAllBytes(home.At("spoilt.zip"), i % 3 == 0 ? spoilt[..random.Next(0, spoilt.Length)] : spoilt);
            try
            {
                home.Install(home.At("spoilt.zip"));
                home.Store.Remove("NeedsLate", default);
            }
            catch (HostException) { /* as it should */ }
            Assert.Empty(home.Installed());
        }
    }

    [Fact]
    public void Links_in_a_folder_are_refused_where_they_lead_out_and_copied_where_they_do_not()
    {
        var source = home.Fixture("NeedsLate");
        File.WriteAllText(Path.Combine(source, "libx.so.1"), "native");
        File.CreateSymbolicLink(Path.Combine(source, "libx.so"), "libx.so.1");
        using (var package = PackageReader.Open(source)) Assert.Contains(package.Entries, e => e is { Path: "libx.so", Bytes: 6 });
        File.CreateSymbolicLink(Path.Combine(source, "out"), "/etc/passwd");
        Assert.Contains("'out' is a link that leads out", Refused(source));
        File.Delete(Path.Combine(source, "out"));
        Directory.CreateSymbolicLink(Path.Combine(source, "round"), source);
        Assert.Contains("'round' is a link to a folder", Refused(source));
    }

    private static string Refused(string path, PackageLimits? limits = null)
    {
        var refusal = Assert.Throws<PluginException>(() => PackageReader.Open(path, limits));
        Assert.Equal(4, refusal.ExitCode);
        return refusal.Message;
    }
}
