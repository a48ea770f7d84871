using System.Text;

namespace PluginHost.Benchmarks;

/// <summary>
/// Tools on trained models against the loop one writes first: a forward pass for each sequence in a plain TorchSharp program, one batch of
/// eight after another, its sequences tokens already; the tools read files and write tables. float32.
/// </summary>
internal static class UsingModelsBenchmark
{
    private const int Batch = 8, Window = 512;

    /// <summary>Windows of 512 bases a quarter of that apart, as 2 Mb have 15,625 of; here 8, one batch.</summary>
    public static void Scan(Shape shape, int rounds)
    {
        const int Windows = 8, Stride = Window / 4;
        using var folder = new Scratch();
        var genome = folder.Write("g.fa", $">c\n{Dna(Window + (Windows - 1) * Stride)}\n");
        var model = ToolModel.Classifier(shape);
        Row($"scan {shape.Name}, {Windows} windows of {Window} bases", Windows, model, shape, rounds, 1.5,
            () => model.Run("scan", new
            {
                input = new[] { genome }, output = folder.New(".tsv"), window = Window, stride = Stride,
            }));
    }

    /// <summary>
    /// Substitutions and deletions in a sequence of 512 bases, of which 16, two of every 64, are known and changed; by a large model the
    /// two in the middle.
    /// </summary>
    public static void Saturate(Shape shape, int rounds)
    {
        var apart = shape == Shape.Base ? Window : 64;
        var sequence = new StringBuilder(Dna(Window));
        for (var i = 0; i < Window; i++)
            if (i % apart != apart / 2 && i % apart != apart / 2 - 1) sequence[i] = 'N';
        var known = 2 * Window / apart;
        using var folder = new Scratch();
        foreach (var causal in (bool[])[false, true])
        {
            // The decoder's tokens are bases and two more; the encoder's are the 3-mers and two more.
            var sample = new Sample("s", $"{sequence}"[..(causal ? Window - 2 : Window)]);
            var model = causal ? ToolModel.Decoder(shape) : ToolModel.Classifier(shape);
            Row($"saturate {shape.Name} {(causal ? "causal" : "classifier")}, {known} of {Window} bases", 4 * known + 2, model, shape,
                rounds, causal ? 3 : 2,
                () => model.Run("variants saturate", new { input = new[] { "s" }, output = folder.New(""), maps = 0 }, sample));
        }
    }

    /// <summary>SNVs in windows of 512 bases each; here 32 of them.</summary>
    public static void Variants(Shape shape, int rounds)
    {
        const int Count = 32, Apart = 100;
        using var folder = new Scratch();
        var dna = Dna(Count * Apart + 2 * Window);
        var genome = folder.Write("g.fa", $">c\n{dna}\n");
        var lines = Enumerable.Range(0, Count).Select(i => Window + i * Apart)
            .Select(at => $"c\t{at + 1}\t.\t{dna[at]}\t{(dna[at] == 'A' ? 'C' : 'A')}\t.\t.\t.\n");
        const string Head = "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n";
        var variants = folder.Write("v.vcf", Head + string.Concat(lines));
        var model = ToolModel.Classifier(shape);
        Row($"variants {shape.Name}, {Count} SNVs", 2 * Count, model, shape, rounds, 1.5,
            () => model.Run("variants score", new
            {
                variants, genome, output = folder.New(".vcf"), window = Window, score = new[] { "outputs" },
            }));
    }

    private static void Row(string what, int sequences, ToolModel model, Shape shape, int rounds, double wanted, Action run)
    {
        var (host, written, fused, ideal) = PassTurns.Measure(run,
            isFused => StepRequest.Predict(shape, ToolModel.Tokens, Batch, sequences, model.Model.Backbone.Shape.Causal, isFused) with
            {
                Vocab = model.Model.Tokenizer.Vocabulary.Count,
            },
            sequences * Operations(shape), rounds);
        Table.Write($"{what}; peer: plain TorchSharp, attention written out (wanted {wanted})", "ms", host, written);
        Table.Write($"{what}; peer: plain TorchSharp, fused attention", "ms", host, fused);
        Table.Write($"{what}; peer: all multiplications of as many whole passes", "ms", host, ideal);
    }

    /// <summary>Floating-point operations of one sequence's forward pass: projections, feed-forward, both products of attention.</summary>
    private static double Operations(Shape shape) =>
        2.0 * ToolModel.Tokens * shape.Layers * (12.0 * shape.Width * shape.Width + 2.0 * ToolModel.Tokens * shape.Width);

    private static string Dna(int length)
    {
        var random = new SeededRandom(9);
        return string.Concat(Enumerable.Range(0, length).Select(_ => "ACGT"[(int)random.Next(4)]));
    }
}
