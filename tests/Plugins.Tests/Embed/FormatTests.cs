using System.Globalization;
using System.IO.Compression;
using System.Text;
using Parquet;
using PluginHost.Libs.Files.Outputs;
using PluginHost.Libs.Tools.Answers;
using PluginHost.Plugins.Embed;
using PluginHost.Plugins.Embed.Cutting;
using PluginHost.Plugins.Embed.Files;
using PluginHost.Plugins.Embed.Vectors;

namespace PluginHost.Plugins.Tests.Embed;

/// <summary>Files of vectors, written and read back.</summary>
public sealed class FormatTests : IDisposable
{
    private const int Width = 3;
    private static readonly string[] ids = ["first", "männlich 🧬", "x"];

    private readonly string folder = Directory.CreateTempSubdirectory("embed-formats-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Of sequence s, s + 1 tokens or the sequence itself.</summary>
    private static IEnumerable<(int Sequence, BaseSpan Span, float[] Values)> Vectors(bool ofTokens) =>
        from s in Enumerable.Range(0, ids.Length)
        from t in Enumerable.Range(0, ofTokens ? s + 1 : 1)
        select (s, ofTokens ? new BaseSpan(2 * t, 2 * t + 3) : default, new[] { s + t / 7f, float.Epsilon * t, -1e30f + s });

    private byte[] Written(string extension, bool ofTokens, bool placed = false)
    {
        using var stream = new MemoryStream();
        using (var file = VectorFormat.Begin(OutputFile.Check(Path.Combine(folder, "v" + extension), false), stream,
            new("tiny/pretrain", "2", ofTokens, Pooling.Mean, Width) { Placed = placed }))
        {
            var begun = -1;
            foreach (var (sequence, span, values) in Vectors(ofTokens))
            {
                if (sequence != begun) file.Begin(ids[begun = sequence], "");
                file.Add(VectorPlace.Of(placed ? Placed(sequence, span) : null, span), values);
            }
            file.Finish();
        }
        Assert.Empty(Directory.GetFiles(folder));
        return stream.ToArray();
    }

    /// <summary>The first sequence is on the reverse strand of chr1 from 100, the last has no place.</summary>
    private static GenomicPlace? Placed(int sequence, BaseSpan span) => sequence == 2 ? null
        : new GenomicPlace("chr1", 100, 140, sequence == 0 ? '-' : '.').Within(span.Start, span.Length == 0 ? 40 : span.End, 40);

    [Theory]
    [InlineData(false, "chr1\t100\t140\t-", "\t\t\t")]
    [InlineData(true, "chr1\t137\t140\t-", "\t0\t3\t")]
    public void Places_stand_beside_the_names(bool ofTokens, string first, string last)
    {
        var lines = Encoding.UTF8.GetString(Written(".tsv", ofTokens, placed: true)).Split('\n');
        Assert.Contains("# coordinates: 0-based, half-open, on the chromosome's forward strand", lines);
        Assert.Contains("id\tchromosome\tstart\tend\tstrand\t0\t1\t2", lines);
        Assert.StartsWith($"first\t{first}\t", lines.First(l => l.StartsWith("first", StringComparison.Ordinal)));
        Assert.StartsWith($"x\t{last}\t", lines.First(l => l.StartsWith("x\t", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Arrays_and_columns_have_places_too()
    {
        var arrays = NpyArray.ReadAll(Written(".npz", ofTokens: false, placed: true));
        Assert.Equal(["embeddings", "ids", "chromosomes", "starts", "ends", "strands"], arrays.Keys);
        Assert.Equal(["chr1", "chr1", ""], arrays["chromosomes"].Texts());
        Assert.Equal([100L, 100, -1], arrays["starts"].As<long>());
        Assert.Equal([140L, 140, -1], arrays["ends"].As<long>());
        Assert.Equal(["-", ".", ""], arrays["strands"].Texts());

        await using var reader = await ParquetReader.CreateAsync(new MemoryStream(Written(".parquet", ofTokens: true, placed: true)),
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["id", "chromosome", "start", "end", "strand", "embedding"], reader.Schema.Fields.Select(f => f.Name));
        using var group = reader.OpenRowGroupReader(0);
        var starts = new long[6];
        await group.ReadAsync<long>(reader.Schema.GetDataFields()[2], starts.AsMemory());
        Assert.Equal([137L, 100, 102, 0, 2, 4], starts);
    }

    [Theory]
    [InlineData(".tsv", false)]
    [InlineData(".tsv", true)]
    [InlineData(".tsv.gz", true)]
    public void A_table_has_a_head_and_numbers_that_read_back_as_they_were(string extension, bool ofTokens)
    {
        Stream stream = new MemoryStream(Written(extension, ofTokens));
        if (extension.EndsWith("gz")) stream = new GZipStream(stream, CompressionMode.Decompress);
        var lines = new StreamReader(stream).ReadToEnd().TrimEnd('\n').Split('\n');
        Assert.Equal(["# model: tiny/pretrain", "# layer: 2",
            ofTokens ? "# coordinates: 0-based, half-open, in bases of the sequence" : "# pooling: mean"], lines.Take(3));
        Assert.Equal(ofTokens ? "id\tstart\tend\t0\t1\t2" : "id\t0\t1\t2", lines[3]);
        foreach (var ((sequence, span, values), line) in Vectors(ofTokens).Zip(lines.Skip(4)))
        {
            var cells = line.Split('\t');
            Assert.Equal(ids[sequence], cells[0]);
            if (ofTokens) Assert.Equal([$"{span.Start}", $"{span.End}"], cells[1..3]);
            Assert.Equal(values, cells[^Width..].Select(c => float.Parse(c, CultureInfo.InvariantCulture)));
        }
        Assert.Equal(Vectors(ofTokens).Count() + 4, lines.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Numpys_arrays_have_their_types_and_shapes(bool ofTokens)
    {
        var arrays = NpyArray.ReadAll(Written(".npz", ofTokens));
        var expected = Vectors(ofTokens).ToList();
        Assert.Equal(ofTokens ? ["embeddings", "ids", "samples", "starts", "ends"] : ["embeddings", "ids"], arrays.Keys);
        Assert.Equal("<f4", arrays["embeddings"].Type);
        Assert.Equal([expected.Count, Width], arrays["embeddings"].Shape);
        Assert.Equal(expected.SelectMany(e => e.Values), arrays["embeddings"].As<float>());
        Assert.Equal("<U10", arrays["ids"].Type);
        Assert.Equal([ids.Length], arrays["ids"].Shape);
        Assert.Equal(ids, arrays["ids"].Texts());
        if (!ofTokens) return;
        Assert.All((string[])["samples", "starts", "ends"], name =>
            Assert.Equal(("<i8", expected.Count), (arrays[name].Type, (int)arrays[name].Shape.Single())));
        Assert.Equal(expected.Select(e => (long)e.Sequence), arrays["samples"].As<long>());
        Assert.Equal(expected.Select(e => (long)e.Span.Start), arrays["starts"].As<long>());
        Assert.Equal(expected.Select(e => (long)e.Span.End), arrays["ends"].As<long>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Parquets_columns_read_back(bool ofTokens)
    {
        await using var reader = await ParquetReader.CreateAsync(new MemoryStream(Written(".parquet", ofTokens)),
            cancellationToken: TestContext.Current.CancellationToken);
        var expected = Vectors(ofTokens).ToList();
        Assert.Equal(ofTokens ? ["id", "start", "end", "embedding"] : ["id", "embedding"], reader.Schema.Fields.Select(f => f.Name));
        Assert.Equal("tiny/pretrain", reader.CustomMetadata["model"]);
        using var group = reader.OpenRowGroupReader(0);
        Assert.Equal(expected.Count, group.RowCount);
        var fields = reader.Schema.GetDataFields();
        var names = new string?[expected.Count];
        await group.ReadAsync(fields[0], names.AsMemory());
        Assert.Equal(expected.Select(e => ids[e.Sequence]), names);
        if (ofTokens)
        {
            var places = new long[expected.Count];
            await group.ReadAsync<long>(fields[1], places.AsMemory());
            Assert.Equal(expected.Select(e => (long)e.Span.Start), places);
            await group.ReadAsync<long>(fields[2], places.AsMemory());
            Assert.Equal(expected.Select(e => (long)e.Span.End), places);
        }
        var values = new float[expected.Count * Width];
        var levels = new int[values.Length];
        await group.ReadRawAsync<float>(fields[^1], values.AsMemory(), new int[values.Length].AsMemory(), levels.AsMemory());
        Assert.Equal(expected.SelectMany(e => e.Values), values);
        Assert.Equal(Enumerable.Range(0, values.Length).Select(i => i % Width == 0 ? 0 : 1), levels);
    }

    [Theory]
    [InlineData("vectors")]
    [InlineData("vectors.gz")]
    public void Another_ending_is_refused(string name) => Assert.Equal(
        $"--output {name}: the name must end in .tsv, .csv or .jsonl (and .gz after it, to pack it), .parquet or .npz.",
            Assert.Throws<UsageException>(() => VectorFormat.Check(OutputFile.Check(name, false))).Message);

    [Fact]
    public void A_sequence_without_a_token_that_stands_for_bases_has_no_mean_and_is_counted()
    {
        var kept = new Kept();
        var joiner = new Joiner(Of.Sequence, Pooling.Mean, bothStrands: false, kept);
        joiner.Take(Window.Whole(0), new("a", [default], [0, 0], 0));
        joiner.Take(Window.Whole(1), new("b", [default], [4, 6], 2));
        Assert.Equal(1, joiner.Empty);
        Assert.Equal([float.NaN, float.NaN, 2, 3], kept.Values);
    }

    private sealed class Kept : IVectorFile
    {
        public List<float> Values { get; } = [];

        public void Begin(string id, string note) { }

        public void Add(VectorPlace place, ReadOnlySpan<float> values) => Values.AddRange(values);

        public void Finish() { }

        public void Dispose() { }
    }
}
