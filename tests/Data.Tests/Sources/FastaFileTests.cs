using FsCheck;
using FsCheck.Fluent;
using PluginHost.Libs.Files.Compressed;
using PluginHost.Libs.Genomics.Fasta;

namespace PluginHost.Data.Tests.Sources;

using Encoding = System.Text.Encoding;

public sealed class FastaFileTests : IDisposable
{
    private const string Mixed = "ACGTacgtNnRYswUu";
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static void ReadsBack(FastaFile file, IReadOnlyList<(string Name, string Sequence)> records, int ranges = 40)
    {
        Assert.Equal(records.Select(r => r.Name), file.Records.Select(r => r.Name));
        var random = new SeededRandom(5);
        foreach (var (record, (_, sequence)) in file.Records.Zip(records))
        {
            var expected = Dna.Normal(sequence);
            Assert.Equal(expected.Length, record.Length);
            Assert.Equal(expected, file.Read(record, 0, expected.Length));
            Assert.Equal(expected[^1..], file.Read(record, expected.Length - 1, 1));
            for (var i = 0; i < ranges; i++)
            {
                var start = (int)random.Next(expected.Length);
                var length = (int)random.Next(expected.Length - start + 1);
                Assert.Equal(expected.Substring(start, length), file.Read(record, start, length));
                Assert.Equal(Iupac.CountAmbiguous(expected.AsSpan(start, length)), file.CountAmbiguous(record, start, start + length));
            }
        }
    }

    [Theory]
    [InlineData(1, "\n")]
    [InlineData(7, "\n")]
    [InlineData(60, "\r\n")]
    [InlineData(61, "\r")]
    [InlineData(1000, "\n")]
    [InlineData(1_000_000, "\r\n")]
    public void Any_line_length_and_end_reads_back_however_it_is_packed(int lineLength, string lineEnd)
    {
        (string, string)[] records = [("a", Dna.Random(1234, 1, Mixed)), ("b", Dna.Random(1, 2)),
            ("c", Dna.Random(lineLength < 1000 ? 3 * lineLength : 3000, 3, Mixed))];
        foreach (var finalEnd in new[] { true, false })
        {
            var bytes = Encoding.ASCII.GetBytes(Dna.Fasta(records, lineLength, lineEnd, finalEnd));
            ReadsBack(FastaFile.Open(folder.Write("plain.fa", bytes)), records);
            ReadsBack(FastaFile.Open(folder.Write("packed.fa.gz", Pack.Gzip(bytes))), records);
            ReadsBack(FastaFile.Open(folder.Write("members.fa.gz", Pack.Gzip(bytes, members: 7))), records);
            ReadsBack(FastaFile.Open(folder.Write("blocks.fa.gz", Pack.Bgzip(bytes, 97))), records);
        }
    }

    [Fact]
    public void Round_trips_over_random_shapes()
    {
        var shapes =
            from lengths in Gen.NonEmptyListOf(Gen.Choose(1, 500))
            from lineLength in Gen.Choose(1, 120)
            from lineEnd in Gen.Elements("\n", "\r\n", "\r")
            from block in Gen.Choose(20, 2000)
            from packing in Gen.Choose(0, 2)
            select (lengths, lineLength, lineEnd, block, packing);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(shapes.ToArbitrary(), shape =>
        {
            var records = shape.lengths.Select((n, i) => ($"r{i}", Dna.Random(n, (ulong)(n + i), Mixed))).ToList();
            var bytes = Encoding.ASCII.GetBytes(Dna.Fasta(records, shape.lineLength, shape.lineEnd));
            bytes = shape.packing switch { 1 => Pack.Gzip(bytes), 2 => Pack.Bgzip(bytes, shape.block), _ => bytes };
            ReadsBack(FastaFile.Open(folder.Write("shape.fa", bytes)), records, ranges: 5);
        }));
    }

    [Fact]
    public void Scanning_does_not_depend_on_how_the_bytes_arrive()
    {
        var text = Encoding.ASCII.GetBytes("\r\n>one first\r\nACGTN\r\n\r\nAC\r\n\r\n>two\nACGT\nAC GT\nA\n\n>three\rACGT\rACGTNN\rA");
        var whole = Describe(Scan(text, text.Length));
        for (var size = 1; size < text.Length; size++) Assert.Equal(whole, Describe(Scan(text, size)));

        static IReadOnlyList<FastaRecord> Scan(byte[] text, int size)
        {
            var scanner = new FastaScanner("x.fa");
            for (var i = 0; i < text.Length; i += size) scanner.Feed(text.AsSpan(i, Math.Min(size, text.Length - i)));
            return scanner.Finish();
        }

        static IEnumerable<string> Describe(IReadOnlyList<FastaRecord> records) => records.Select(r =>
            $"{r.Name}|{r.Description}|{r.Length}|{r.Line}|{r.Ambiguity!.Total}|{r.Layout.IsUniform}|{r.Layout.Offset}");
    }

    [Fact]
    public void Headers_give_name_and_description_and_lines_are_counted()
    {
        var file = FastaFile.Open(folder.Write("h.fa", "\uFEFF>chr2R  Drosophila melanogaster\r\nACGT\r\n\r\n>second\r\nAC\r\n"));
        Assert.Equal(("chr2R", "Drosophila melanogaster", 1L), (file.Records[0].Name, file.Records[0].Description, file.Records[0].Line));
        Assert.Equal(("second", "", 4L), (file.Records[1].Name, file.Records[1].Description, file.Records[1].Line));
    }

    [Fact]
    public void Uneven_lines_are_read_and_reported()
    {
        var pieces = Enumerable.Range(1, 3000).Select(i => Dna.Random(1 + i * 7 % 50, (ulong)i)).ToList();
        var bytes = Encoding.ASCII.GetBytes(">u\n" + string.Join('\n', pieces) + "\n>v\nAC GT\n\nAC\n");
        (string, string)[] records = [("u", string.Concat(pieces)), ("v", "ACGTAC")];
        foreach (var packed in new[] { bytes, Pack.Gzip(bytes), Pack.Bgzip(bytes, 999) })
        {
            var file = FastaFile.Open(folder.Write("uneven.fa", packed), writeIndex: true);
            ReadsBack(file, records);
            if (packed != bytes) continue;
            Assert.Contains(file.Notes, n => n.Contains("2 of 2 records have lines of uneven length"));
            Assert.False(File.Exists(folder["uneven.fa.fai"]));
        }
    }

    [Fact]
    public void Notes_count_records_bases_and_shares()
    {
        var file = FastaFile.Open(folder.Write("n.fa", ">a\nACGTNNNNac\n>b\nACGTACGTRu\n"));
        Assert.Equal("2 records, 20 bases; N 20 %, other IUPAC codes 5 %, lower case 15 % (read as upper case).",
            file.Notes[0][(file.Notes[0].IndexOf(": ") + 2)..]);
    }

    [Fact]
    public void Plain_gzip_says_that_it_was_unpacked()
    {
        var file = FastaFile.Open(folder.Write("g.fa.gz", Pack.Gzip(">a\nACGT\n"u8.ToArray())));
        Assert.Contains(file.Notes, n => n.Contains("plain gzip") && n.Contains("bgzip"));
    }

    [Theory]
    [InlineData(60, "\n")]
    [InlineData(13, "\r\n")]
    public void Writes_an_index_and_believes_it(int lineLength, string lineEnd)
    {
        (string, string)[] records = [("a", Dna.Random(500, 1)), ("b", Dna.Random(60, 2)), ("c", Dna.Random(59, 3))];
        var path = folder.Write("i.fa", Dna.Fasta(records, lineLength, lineEnd));
        FastaFile.Open(path, writeIndex: true);
        var first = File.ReadAllLines(path + ".fai")[0];
        Assert.Equal($"a\t500\t{2 + lineEnd.Length}\t{lineLength}\t{lineLength + lineEnd.Length}", first);
        var indexed = FastaFile.Open(path, verify: false);
        Assert.Null(indexed.Records[0].Ambiguity);
        ReadsBack(indexed, records);
        Assert.DoesNotContain(Directory.GetFiles(folder.Root), f => f.EndsWith(".tmp"));
    }

    [Fact]
    public void An_index_that_does_not_fit_is_not_used()
    {
        (string, string)[] records = [("a", Dna.Random(500, 1)), ("b", Dna.Random(60, 2))];
        var path = folder.Write("s.fa", Dna.Fasta(records));
        void NotUsed(string index, string why)
        {
            folder.Write("s.fa.fai", index);
            foreach (var verify in new[] { true, false })
            {
                var file = FastaFile.Open(path, verify);
                ReadsBack(file, records);
                Assert.Contains(file.Notes, n => n.Contains(why) && n.Contains("is not used"));
            }
        }
        NotUsed("a\t500\n", "is malformed");
        NotUsed("a\t500\tx\t60\t61\n", "is malformed");
        NotUsed("a\t500\t3\t60\t61\nb\t61\t515\t60\t61\n", "does not fit");
        NotUsed("a\t500\t3\t60\t61\nb\t60\t514\t60\t61\n", "does not fit");
        NotUsed("a\t500\t3\t60\t61\n", "does not fit");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(1));
        NotUsed("a\t500\t3\t60\t61\nb\t60\t515\t60\t61\n", "is older");
    }

    [Fact]
    public void Samtools_own_files_are_read()
    {
        var golden = folder["periodic.fa.gz"];
        foreach (var ending in new[] { "", ".fai", ".gzi" })
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Sources", "Golden", "periodic.fa.gz" + ending), golden + ending);
            File.SetLastWriteTimeUtc(golden + ending, DateTime.UtcNow);
        }
        var expected = string.Concat(Enumerable.Range(0, 200_000).Select(i => "ACGTTGCAAC"[(int)((long)i * i % 10)]));
        foreach (var verify in new[] { true, false })
        {
            var file = FastaFile.Open(golden, verify);
            ReadsBack(file, [("first", expected), ("second", expected[..77])], ranges: 10);
            Assert.DoesNotContain(file.Notes, n => n.Contains("not used"));
        }
    }

    [Fact]
    public void Many_threads_read_alike()
    {
        var sequence = Dna.Random(300_000, 9);
        var bytes = Encoding.ASCII.GetBytes(Dna.Fasta([("a", sequence)]));
        foreach (var packed in new[] { bytes, Pack.Bgzip(bytes, 1000), Pack.Gzip(bytes) })
        {
            var file = FastaFile.Open(folder.Write("t.fa", packed));
            Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            {
                var random = new SeededRandom((ulong)i);
                var start = (int)random.Next(sequence.Length - 500);
                Assert.Equal(sequence.Substring(start, 500), file.Read(file.Records[0], start, 500));
            });
        }
    }

    [Fact]
    public void Two_bit_store_keeps_bases_across_chunks()
    {
        var store = new TwoBitStore();
        var bases = Dna.Random(5_000_003, 4);
        var bytes = Encoding.ASCII.GetBytes(bases);
        for (int at = 0, size = 1; at < bytes.Length; at += size, size = size * 7 % 1009 + 1)
            store.Append(bytes.AsSpan(at, Math.Min(size, bytes.Length - at)));
        store.Finish();
        var read = new char[bases.Length];
        store.Read(0, read);
        Assert.Equal(bases, new string(read));
        var part = new char[100];
        store.Read(4_194_304 - 50, part);
        Assert.Equal(bases.Substring(4_194_304 - 50, 100), new string(part));
    }

    [Fact]
    public void Two_bit_store_stops_at_its_limit()
    {
        var store = new TwoBitStore(1 << 20);
        Action fill = () =>
        {
            for (var i = 0; i < 10; i++) store.Append(1 << 20);
        };
        Assert.Throws<ResourceException>(fill);
    }

    [Fact]
    public void Lower_case_is_counted_by_letters()
    {
        foreach (var text in new[] { "", "acgt", "ACGTacgtNn", new string('a', 33) + new string('C', 31),
            "ac gt \tAC" + new string('n', 40), Dna.Random(997, 8, "acgtACGT") })
            Assert.Equal(text.Count(char.IsAsciiLetterLower), BaseLine.CountLowerCase(Encoding.ASCII.GetBytes(text)));
    }

    [Fact]
    public void Gzip_text_is_whole_or_an_error()
    {
        var bytes = Encoding.ASCII.GetBytes(Dna.Random(30_000, 3));
        var packed = Pack.Gzip(bytes, members: 3);
        using (var whole = new GzipText(new MemoryStream(packed), "x.gz"))
        {
            var read = new MemoryStream();
            whole.CopyTo(read);
            Assert.Equal(bytes, read.ToArray());
        }
        // Cut at a member's end is a whole file; anywhere else it is not.
        var ends = new HashSet<int> { Pack.Gzip(bytes[..10_000]).Length, packed.Length };
        ends.Add(Pack.Gzip(bytes[..20_000], members: 2).Length);
        for (var length = 1; length < packed.Length; length += 1 + length % 53)
        {
            if (ends.Contains(length)) continue;
            using var cut = new GzipText(new MemoryStream(packed[..length]), "x.gz");
            var failure = Assert.Throws<DataException>(() => cut.CopyTo(Stream.Null));
            Assert.Contains("cut off or damaged", failure.Message);
        }
    }
}
