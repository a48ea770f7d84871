using System.Globalization;
using PluginHost.Host.Pipelines.Settings;

namespace PluginHost.Host.Tests.Models;

using static TorchSharp.torch;

/// <summary>Maps of vectors and the separation of classes, worked again with plain loops.</summary>
public sealed class InterpretEmbeddingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-embeddings-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Run(ToolBench bench, params (string Name, object Value)[] options) =>
        bench.Run("interpret embeddings", folder, [("input", "in.fa"), .. options]);

    private static List<string[]> Rows(string folder, string file) => ToolBench.Rows(folder, file);

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    /// <summary>Two classes, one of them rich in A.</summary>
    private static Sample[] Samples() => [.. TinyModel.Sequences([.. Enumerable.Repeat(28, 24)]).Select((s, n) => s with
    {
        Sequence = n % 3 == 0 ? s.Sequence.Replace('C', 'A') : s.Sequence,
        Fields = new Dictionary<string, object> { ["kind"] = n % 3 == 0 ? "rich" : "plain" },
    })];

    private static double[][] Vectors(TrainedModel model, Sample[] samples) => [.. samples.Select(sample =>
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var encoding = model.Tokenizer.Encode(sample, new EncodeContext(40));
        var states_TD = model.Backbone.Forward(Collation.Pad([sample], [encoding], 0), Capture.None)[StreamKey.Hidden][0];
        var counted = Enumerable.Range(0, encoding.Ids.Length).Where(t => encoding.Spans[t].Length > 0).ToList();
        return Enumerable.Range(0, (int)states_TD.shape[1]).Select(d => counted.Average(t => (double)states_TD[t, d].item<float>()))
            .ToArray();
    })];

    private static double Cosine(double[] a, double[] b) => 1 - a.Zip(b, (x, y) => x * y).Sum()
        / Math.Sqrt(a.Sum(x => x * x) * b.Sum(x => x * x));

    private static double Euclid(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    [Theory]
    [InlineData("cosine")]
    [InlineData("euclidean")]
    public void Neighbours_and_silhouette_are_those_of_plain_loops(string distance)
    {
        var (model, samples) = (TinyModel.Make("dnabert"), Samples());
        var output = Run(new ToolBench(model, samples), ("by", "kind"), ("distance", distance),
            ("neighbours", new List<object?> { 1L, 3L }));
        var vectors = Vectors(model, samples);
        double Far(int a, int b) => distance == "cosine" ? Cosine(vectors[a], vectors[b]) : Euclid(vectors[a], vectors[b]);
        var labels = samples.Select(s => s.Text("kind")).ToArray();
        var rows = Rows(output, "separation.tsv");
        Assert.Equal(["model 1", "model 3", "shuffled weights 1", "shuffled weights 3", "4-mers 1", "4-mers 3"],
            rows.Select(r => $"{r[0]} {r[1]}"));
        foreach (var row in rows.Take(2))
        {
            var k = int.Parse(row[1], CultureInfo.InvariantCulture);
            var right = Enumerable.Range(0, samples.Length).Count(n => Enumerable.Range(0, samples.Length).Where(o => o != n)
                .OrderBy(o => Far(n, o)).Take(k).GroupBy(o => labels[o]).MaxBy(g => g.Count())!.Key == labels[n]);
            Assert.Equal((double)right / samples.Length, Number(row[2]), 6e-4);
            Assert.InRange(Number(row[3]), 0.4, 0.7);
            Assert.Equal(Enumerable.Range(0, samples.Length).Average(n =>
            {
                double Mean(string of) => Enumerable.Range(0, samples.Length).Where(o => o != n && labels[o] == of).Average(o => Far(n, o));
                var (a, b) = (Mean(labels[n]), Mean(labels[n] == "rich" ? "plain" : "rich"));
                return (b - a) / Math.Max(a, b);
            }), Number(row[6]), 1e-3);
        }
    }

    public static TheoryData<string> Families => [.. TinyModel.Families];

    /// <summary>Distances do not depend on which way a map's axes point; of few sequences all components are kept.</summary>
    [Theory]
    [MemberData(nameof(Families))]
    public void Each_family_is_mapped_with_the_distances_of_its_vectors(string family)
    {
        var (model, samples) = (TinyModel.Make(family), Samples()[..10]);
        var rows = Rows(Run(new ToolBench(model, samples), ("by", "kind"), ("neighbours", new List<object?> { 2L })), "coordinates.tsv");
        var vectors = Vectors(model, samples);
        var map = rows.ConvertAll(r => r[6..].Select(Number).ToArray());
        for (var a = 0; a < samples.Length; a++)
            for (var b = 0; b < a; b++) Assert.Equal(1, (1e-6 + Euclid(map[a], map[b])) / (1e-6 + Euclid(vectors[a], vectors[b])), 1e-3);
    }

    [Fact]
    public void Components_are_the_directions_of_most_variance()
    {
        var (model, samples) = (TinyModel.Make("dnabert"), Samples());
        var output = Run(new ToolBench(model, samples), ("by", "kind"), ("neighbours", new List<object?> { 1L }));
        var vectors = Vectors(model, samples);
        var mean = Enumerable.Range(0, vectors[0].Length).Select(d => vectors.Average(v => v[d])).ToArray();
        var centred = vectors.Select(v => v.Zip(mean, (x, m) => x - m).ToArray()).ToList();
        // Power iteration.
        var direction = Enumerable.Range(0, mean.Length).Select(d => 1.0 + d).ToArray();
        for (var step = 0; step < 3000; step++)
        {
            var along = centred.ConvertAll(v => v.Zip(direction, (x, y) => x * y).Sum());
            direction = [.. Enumerable.Range(0, mean.Length).Select(d => centred.Zip(along, (v, a) => v[d] * a).Sum())];
            var length = Math.Sqrt(direction.Sum(x => x * x));
            direction = [.. direction.Select(x => x / length)];
        }
        var expected = centred.ConvertAll(v => v.Zip(direction, (x, y) => x * y).Sum());
        if (direction.MaxBy(Math.Abs) < 0) expected = expected.ConvertAll(x => -x);
        var rows = Rows(output, "coordinates.tsv");
        Assert.Equal(samples.Select(s => $"{s.Id} {s.Text("kind")}"), rows.Select(r => $"{r[0]} {r[5]}"));
        for (var n = 0; n < rows.Count; n++) Assert.Equal(expected[n], Number(rows[n][6]), 1e-4);
        var share = expected.Sum(x => x * x) / centred.Sum(v => v.Sum(x => x * x));
        Assert.Contains($"# share of the variance: {share.ToString("0.####", CultureInfo.InvariantCulture)},",
            File.ReadAllText(Path.Combine(output, "coordinates.tsv")));
        Assert.Contains("<svg", File.ReadAllText(Path.Combine(output, "map.svg")));
    }

    [Fact]
    public void Fewer_sequences_than_there_are_lie_evenly_over_the_input()
    {
        var samples = Samples();
        var output = Run(new ToolBench(TinyModel.Make("dnabert"), samples), ("by", "kind"), ("most", 12L),
            ("neighbours", new List<object?> { 1L }));
        Assert.Equal(Enumerable.Range(0, 12).Select(n => samples[2 * n].Id), Rows(output, "coordinates.tsv").Select(r => r[0]));
    }

    [Fact]
    public void What_cannot_be_mapped_is_said_and_the_weights_are_left_as_they_were()
    {
        var (model, samples) = (TinyModel.Make("dnabert"), Samples());
        string Refused<T>(params (string, object)[] options)
            where T : Exception => Assert.Throws<T>(() => Run(new ToolBench(model, samples), options)).Message;
        Assert.Contains("there is no field 'label'", Refused<DataException>());
        Assert.Contains("there are only 24 sequences", Refused<UsageException>(("by", "kind"), ("neighbours", new List<object?> { 24L })));
        Assert.Contains("give 0, the embeddings, to 2", Refused<UsageException>(("by", "kind"), ("layer", 7L)));
        Assert.Empty(Directory.GetFileSystemEntries(folder));
        var before = Vectors(model, samples)[0];
        Run(new ToolBench(model, samples), ("by", "kind"));
        Assert.Equal(before, Vectors(model, samples)[0]);
    }
}
