using PluginHost.Libs.Genomics.Fasta;
using PluginHost.Plugins.Fasta;

namespace PluginHost.Data.Tests.Sources;

using Encoding = System.Text.Encoding;

public sealed class BadFastaTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    private void Fails(byte[] content, params string[] said)
    {
        var path = folder.Write("bad.fa", content);
        var failure = Assert.Throws<DataException>(() => FastaFile.Open(path));
        Assert.Contains("bad.fa", failure.Message);
        foreach (var part in said) Assert.Contains(part, failure.Message);
    }

    private void Fails(string content, params string[] said) => Fails(Encoding.UTF8.GetBytes(content), said);

    [Fact]
    public void Missing_file_suggests_a_near_name()
    {
        folder.Write("genome.fa", ">a\nAC\n");
        var failure = Assert.Throws<DataException>(() => FastaFile.Open(folder["genom.fa"]));
        Assert.Contains("genom.fa does not exist", failure.Message);
        Assert.Contains("'genome.fa'", failure.Message);
    }

    [Fact]
    public void Missing_folder_is_named() =>
        Assert.Contains("nor does the folder", Assert.Throws<DataException>(() => FastaFile.Open(folder["no/genome.fa"])).Message);

    [Fact]
    public void A_folder_is_no_file() =>
        Assert.Contains("is a folder", Assert.Throws<DataException>(() => FastaFile.Open(folder.Root)).Message);

    [Fact]
    public void Empty() => Fails("", "is empty");

    [Fact]
    public void Empty_once_unpacked()
    {
        Fails(Pack.Bgzip([]), "empty once unpacked");
        Fails(Pack.Gzip("\n\n"u8.ToArray()), "no FASTA record");
    }

    [Fact]
    public void Only_blank_lines() => Fails("\n\n \n", "no FASTA record");

    [Fact]
    public void No_header() => Fails("\nACGTACGT\nACGT\n", ":2:", "no '>' header");

    [Fact]
    public void Fastq() => Fails("@read1\nACGT\n+\nIIII\n", "FASTQ", "seqtk");

    [Fact]
    public void A_table() => Fails("sequence,label\nACGT,1\n", "looks like a table", "use: table");

    [Fact]
    public void Binary_junk()
    {
        Fails([0, 1, 2, 3, 200, 201, 5, 6], "not text");
        Fails([.. ">a\nAC"u8, 0x00, 0xff], ":2:", "byte 0x00 at position 3");
    }

    [Theory]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 0, 0 }, "zip")]
    [InlineData(new byte[] { 0x42, 0x5A, 0x68, 0x39 }, "bzip2")]
    [InlineData(new byte[] { 0xFD, 0x37, 0x7A, 0x58, 0x5A, 0 }, "xz")]
    [InlineData(new byte[] { 0x28, 0xB5, 0x2F, 0xFD }, "zstd")]
    [InlineData(new byte[] { 0x43, 0x27, 0x41, 0x1A }, "2bit")]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x3E, 0 }, "UTF-16")]
    public void Foreign_formats_are_named(byte[] content, string format) => Fails(content, format);

    [Fact]
    public void Characters_outside_the_alphabet_are_placed() =>
        Fails(">a\nACGT\n>b\nACGT\nACEGT\n", ":5:", "'E' at position 3", "base 7 of record 'b'", "ACGTRYSWKMBDHVN");

    [Fact]
    public void Gaps_and_protein_are_outside() => Fails(">a\nAC-GT\n", ":2:", "'-' at position 3");

    [Fact]
    public void An_empty_record() => Fails(">a\n>b\nAC\n", ":1:", "record 'a' has no bases");

    [Fact]
    public void An_empty_last_record() => Fails(">a\nAC\n>b\n\n", ":3:", "record 'b' has no bases");

    [Fact]
    public void A_header_without_a_name() => Fails(">a\nAC\n> b\nAC\n> \nAC\n", ":5:", "no name");

    [Fact]
    public void A_name_twice() => Fails(">a x\nAC\n>b\nAC\n>a y\nAC\n", ":5:", "'a' is there already, on line 1");

    [Fact]
    public void Truncated_gzip()
    {
        var packed = Pack.Gzip(Encoding.ASCII.GetBytes(Dna.Fasta([("a", Dna.Random(50_000, 1))])));
        foreach (var cut in new[] { packed.Length / 2, packed.Length - 1, packed.Length - 8, packed.Length - 9, 15, 5 })
            Fails(packed[..cut], "cut off or damaged");
    }

    [Fact]
    public void Damaged_gzip()
    {
        var packed = Pack.Gzip(Encoding.ASCII.GetBytes(Dna.Fasta([("a", Dna.Random(50_000, 1))])));
        packed[^6] ^= 1;
        Fails(packed, "cut off or damaged");
    }

    [Fact]
    public void Truncated_bgzip()
    {
        var packed = Pack.Bgzip(Encoding.ASCII.GetBytes(Dna.Fasta([("a", Dna.Random(50_000, 1))])), 4096);
        Fails(packed[..(packed.Length / 2)], "bgzip block", "is cut off");
        Fails(packed[..^5], "bgzip block", "is cut off");
    }

    [Fact]
    public void Damaged_bgzip()
    {
        var whole = Encoding.ASCII.GetBytes(Dna.Fasta([("a", Dna.Random(50_000, 1))]));
        var packed = Pack.Bgzip(whole, 4096);
        packed[3000] ^= 0x10;
        Fails(packed, "bgzip block", "is damaged");
        Fails([.. Pack.Bgzip(whole, 4096), .. "hello"u8], "has no bgzip header");
    }

    [Fact]
    public void Bgzip_without_its_end() =>
        Fails(Pack.Bgzip(Encoding.ASCII.GetBytes(Dna.Fasta([("a", Dna.Random(50_000, 1))])), 4096, end: false), "end-of-file block");

    [Fact]
    public void A_damaged_block_index_is_not_used()
    {
        var packed = Pack.Bgzip(Encoding.ASCII.GetBytes(Dna.Fasta([("a", Dna.Random(50_000, 1))])), 4096);
        var path = folder.Write("x.fa.gz", packed);
        foreach (var index in new byte[][] { [1, 2, 3], [1, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0],
            new byte[24] })
        {
            folder.Write("x.fa.gz.gzi", index);
            var file = FastaFile.Open(path);
            Assert.Contains(file.Notes, n => n.Contains(".gzi") && n.Contains("is not used"));
            Assert.Equal(50_000, file.TotalBases);
        }
    }

    [Fact]
    public void A_file_that_shrinks_is_noticed()
    {
        var path = folder.Write("bad.fa", Dna.Fasta([("a", Dna.Random(5000, 1))]));
        var file = FastaFile.Open(path);
        File.WriteAllText(path, ">a\nACGT\n");
        Assert.Contains("changed", Assert.Throws<DataException>(() => file.Read(file.Records[0], 4000, 100)).Message);
    }

    [Fact]
    public void Unverified_files_are_checked_as_they_are_read()
    {
        var path = folder.Write("bad.fa", ">a\nACGT\nACEG\n");
        folder.Write("bad.fa.fai", "a\t8\t3\t4\t5\n");
        var file = FastaFile.Open(path, verify: false);
        Assert.Contains("'E' at base 7 of record 'a'", Assert.Throws<DataException>(() => file.Read(file.Records[0], 0, 8)).Message);
    }

    [Fact]
    public void A_file_that_may_not_be_read_says_so()
    {
        Assert.SkipWhen(Environment.UserName == "root", "root may read everything");
        var path = folder.Write("bad.fa", ">a\nAC\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.None);
        Assert.Contains("may not be read", Assert.Throws<DataException>(() => FastaFile.Open(path)).Message);
    }

    [Fact]
    public void A_record_in_two_files_is_named()
    {
        folder.Write("one.fa", ">a\nACGTACGT\n");
        folder.Write("two.fa", ">a\nACGTACGT\n");
        var source = new FastaSource(new() { Path = [folder["*.fa"]], Window = 4 }, p => p);
        var failure = Assert.Throws<DataException>(() => source.Open(Split.Train));
        Assert.Contains("one.fa", failure.Message);
        Assert.Contains("two.fa", failure.Message);
    }
}
