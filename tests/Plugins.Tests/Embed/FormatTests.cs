using System.Globalization;
using System.IO.Compression;
using Parquet;
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

    private byte[] Written(string extension, bool ofTokens)
    {
        using var stream = new MemoryStream();
        using (var file = VectorFormat.Begin(Path.Combine(folder, "v" + extension), stream,
            new("tiny/pretrain", "2", ofTokens, Pooling.Mean, Width)))
        {
            var begun = -1;
            foreach (var (sequence, span, values) in Vectors(ofTokens))
            {
                if (sequence != begun) file.Begin(ids[begun = sequence]);
                file.Add(span, values);
            }
            file.Finish();
        }
        Assert.Empty(Directory.GetFiles(folder));
        return stream.ToArray();
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
    [InlineData("vectors.csv")]
    [InlineData("vectors")]
    [InlineData("vectors.gz")]
    public void Another_ending_is_refused(string name) => Assert.Equal(
        $"--output {name}: the name must end in .tsv, .tsv.gz, .parquet or .npz.",
            Assert.Throws<UsageException>(() => VectorFormat.Check(name)).Message);

    [Fact]
    public void A_sequence_without_a_token_that_stands_for_bases_has_no_mean_and_is_counted()
    {
        var kept = new Kept();
        var joiner = new Joiner(new EmbedOptions(), kept);
        joiner.Take(Window.Whole(0), new("a", [], [0, 0], 0));
        joiner.Take(Window.Whole(1), new("b", [], [4, 6], 2));
        Assert.Equal(1, joiner.Empty);
        Assert.Equal([float.NaN, float.NaN, 2, 3], kept.Values);
    }

    private sealed class Kept : IVectorFile
    {
        public List<float> Values { get; } = [];

        public void Begin(string id) { }

        public void Add(BaseSpan bases, ReadOnlySpan<float> values) => Values.AddRange(values);

        public void Finish() { }

        public void Dispose() { }
    }
}
