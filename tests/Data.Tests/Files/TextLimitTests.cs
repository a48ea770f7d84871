using System.IO.Compression;
using PluginHost.Data.Tests.Sources;
using PluginHost.Libs.Files;
using PluginHost.Libs.Genomics.Features;
using PluginHost.Libs.Genomics.Tables;
using PluginHost.Libs.Genomics.Variants;

namespace PluginHost.Data.Tests.Files;

using Encoding = System.Text.Encoding;

/// <summary>No line and no cell takes the memory: small files unpack to anything.</summary>
public sealed class TextLimitTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Endless(string name, string before, char with)
    {
        using var gzip = new GZipStream(File.Create(folder[name]), CompressionLevel.Fastest);
        gzip.Write(Encoding.ASCII.GetBytes(before));
        var piece = Encoding.ASCII.GetBytes(new string(with, 1 << 20));
        for (var written = 0; written < TextLimits.LongestLine * 3 / 2; written += piece.Length) gzip.Write(piece);
        return folder[name];
    }

    private static void Refused(string place, Action read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var message = Assert.Throws<DataException>(read).Message;
        Assert.Contains(place, message);
        Assert.Contains("64 MiB", message);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 8L * TextLimits.LongestLine);
    }

    [Theory]
    [InlineData("sequence,label\nACGT,1\n", 'A', 3)]
    [InlineData("sequence,label\nACGT,1\n\"", 'A', 3)]
    [InlineData("sequence,", 'x', 1)]
    public void Of_a_table(string before, char with, int line) =>
        Refused($"t.csv:{line}:", () => TableReader.Read(Endless("t.csv", before, with), new(), [], labelRequired: false));

    [Fact]
    public void Of_a_bed_or_gff_file()
    {
        Refused("f.bed:2:", () => FeatureFile.Read(Endless("f.bed", "c\t1\t9\nc\t2\t9\t", 'x')).Count());
        Refused("f.gff:2:", () => FeatureFile.Read(Endless("f.gff", "##gff-version 3\nc\tx\tgene\t1\t9\t.\t+\t.\tID=", 'x')).Count());
    }

    [Fact]
    public void Of_a_vcf_file() => Refused("f.vcf:2:", () => VcfFile.Open(Endless("f.vcf", "##fileformat=VCFv4.2\n##", 'x')));

    [Fact]
    public void Lines_end_as_they_do_elsewhere_wherever_the_buffer_does()
    {
        foreach (var ending in (string[])["\n", "\r\n", "\r"])
            foreach (var length in (int[])[0, 1, 16_382, 16_383, 16_384, 16_385, 32_768])
            {
                var text = $"{new string('a', length)}{ending}{ending}b{ending}";
                var lines = new BoundedLines(new StringReader(text), "x");
                Assert.Equal([new string('a', length), "", "b"], All(lines));
                Assert.Equal(3, lines.Number);
                Assert.Equal([new string('a', length), "b"], All(new(new StringReader($"{new string('a', length)}{ending}b"), "x")));
            }
    }

    [Fact]
    public void Settings_are_read_up_to_a_limit_and_from_no_device_or_folder()
    {
        var path = folder.Write("vocab.txt", "a\nb\n");
        Assert.Equal(["a", "b"], SmallFile.ReadLines(path, 4, "a vocabulary"));
        Assert.Contains("the most that a vocabulary may have",
            Assert.Throws<DataException>(() => SmallFile.ReadLines(path, 3, "a vocabulary")).Message);
        Assert.Contains("is a device", Assert.Throws<DataException>(() => SmallFile.ReadBytes("/dev/zero", 9, "it")).Message);
        Assert.Contains("is a folder", Assert.Throws<DataException>(() => SmallFile.ReadBytes(folder.Root, 9, "it")).Message);
        Assert.Contains("does not exist", Assert.Throws<DataException>(() => SmallFile.ReadBytes(folder["x"], 9, "it")).Message);
        var endless = Fifo.With(folder["endless"], new byte[1 << 20]);
        Assert.Contains("larger than", Assert.Throws<DataException>(() => SmallFile.ReadBytes(endless, 1 << 19, "it")).Message);
    }

    private static List<string> All(BoundedLines lines)
    {
        var all = new List<string>();
        while (lines.Next() is { } line) all.Add(line);
        return all;
    }
}
