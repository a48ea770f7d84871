using PluginHost.Libs.Statistics;

namespace PluginHost.Plugins.Interpret.Embeddings;

using static TorchSharp.torch;

/// <summary>Which vectors lie near which, and whether those of a class lie together.</summary>
internal sealed class Neighbourhood
{
    private const int Block = 512, Permutations = 100;

    private readonly int[][] nearest;
    private readonly int[] labels;

    private Neighbourhood(int[][] nearest, int[] labels, double silhouette) =>
        (this.nearest, this.labels, Silhouette) = (nearest, labels, silhouette);

    /// <summary>
    /// The mean over vectors of (b - a) / max(a, b): a the mean distance to the others of the class, b that to the nearest other class
    /// (Rousseeuw 1987). Vectors alone in their class count 0; NaN with one class.
    /// </summary>
    public double Silhouette { get; }

    /// <summary>Compares each with each, block by block.</summary>
    /// <param name="vectors_ND">Two or more.</param>
    /// <param name="labels">Class of each, from 0.</param>
    /// <param name="distance">How.</param>
    /// <param name="most">Neighbours that are kept.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    public static Neighbourhood Of(float[][] vectors_ND, int[] labels, VectorDistance distance, int most, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var rows = vectors_ND.Length;
        var (classes, kept) = (labels.Max() + 1, Math.Min(most, rows - 1));
        var all_ND = PrincipalComponents.Matrix(vectors_ND);
        if (distance == VectorDistance.Cosine) all_ND = nn.functional.normalize(all_ND, 2, 1);
        var squares_N = all_ND.square().sum([1L]);
        var members_NC = nn.functional.one_hot(tensor(labels.Select(l => (long)l).ToArray()), classes).to_type(ScalarType.Float64);
        var sizes = members_NC.sum([0L]).data<double>().ToArray();
        var nearest = new int[rows][];
        var silhouette = 0.0;
        for (var first = 0; first < rows; first += Block)
        {
            cancellation.ThrowIfCancellationRequested();
            using var block = NewDisposeScope();
            var count = Math.Min(Block, rows - first);
            var products_MN = all_ND.narrow(0, first, count).matmul(all_ND.t());
            var distances_MN = distance == VectorDistance.Cosine ? 1 - products_MN
                : (squares_N.narrow(0, first, count).unsqueeze(1) + squares_N.unsqueeze(0) - 2 * products_MN).clamp_min(0).sqrt();
            var own_M1 = arange(first, first + count, ScalarType.Int64).unsqueeze(1);
            // A vector is no neighbour of itself.
            var others_MN = distances_MN.scatter(1, own_M1, full_like(own_M1, double.PositiveInfinity, ScalarType.Float64));
            var places = others_MN.topk(kept, 1, largest: false).indexes.contiguous().data<long>().ToArray();
            for (var m = 0; m < count; m++) nearest[first + m] = [.. places[(m * kept)..((m + 1) * kept)].Select(p => (int)p)];
            var sums = distances_MN.scatter(1, own_M1, zeros_like(own_M1, ScalarType.Float64)).matmul(members_NC).data<double>().ToArray();
            for (var m = 0; m < count; m++) silhouette += Width(sums.AsSpan(m * classes, classes), sizes, labels[first + m]);
        }
        return new(nearest, labels, classes < 2 ? double.NaN : silhouette / rows);
    }

    /// <summary>
    /// Each vector's class as most of its neighbours have it, it left out; of classes with equal votes that of the nearest. Accuracy, MCC,
    /// and the accuracy with the classes of the vectors in random order: its mean over 100 orders, and the share of orders that reach it.
    /// </summary>
    /// <param name="k">Neighbours that vote.</param>
    public (double Accuracy, double Matthews, double Chance, double P) Separation(int k)
    {
        var said = Score(labels, k);
        var (random, shuffled) = (new SeededRandom(1), (int[])labels.Clone());
        var (sum, reached) = (0.0, 0);
        for (var n = 0; n < Permutations; n++)
        {
            random.Shuffle<int>(shuffled);
            var accuracy = Score(shuffled, k).Accuracy;
            sum += accuracy;
            if (accuracy >= said.Accuracy) reached++;
        }
        return (said.Accuracy, said.Matthews, sum / Permutations, (reached + 1.0) / (Permutations + 1));
    }

    private ConfusionMatrix Score(int[] of, int k)
    {
        var matrix = new ConfusionMatrix();
        var votes = new int[of.Max() + 1];
        for (var n = 0; n < of.Length; n++)
        {
            Array.Clear(votes);
            var near = nearest[n].AsSpan(0, Math.Min(k, nearest[n].Length));
            foreach (var other in near) votes[of[other]]++;
            var most = votes.Max();
            foreach (var other in near)
            {
                if (votes[of[other]] < most) continue;
                matrix.Add(of[n], of[other]);
                break;
            }
        }
        return matrix;
    }

    private static double Width(ReadOnlySpan<double> sums, double[] sizes, int own)
    {
        if (sizes[own] < 2) return 0;
        var (within, between) = (sums[own] / (sizes[own] - 1), double.PositiveInfinity);
        for (var c = 0; c < sizes.Length; c++) if (c != own && sizes[c] > 0) between = Math.Min(between, sums[c] / sizes[c]);
        return double.IsInfinity(between) || Math.Max(within, between) == 0 ? 0 : (between - within) / Math.Max(within, between);
    }
}
