using PluginHost.Plugins.ByteSeq2Seq;
using PluginHost.Plugins.ByteSeq2Seq.Attention;

namespace PluginHost.Plugins.Tests.ByteSeq2Seq;

using static TorchSharp.torch;

/// <summary>
/// Windowed attention with global block tokens written out as loops in double precision, one query at a time, from the definition: what the
/// tiles are compared with.
/// </summary>
internal sealed class NaiveAttention(Seq2SeqShape shape, SelfAttention module, int radius, int blocks, int perBlock, bool causal)
{
    private readonly Dictionary<string, double[,]> weights = module.named_parameters().ToDictionary(p => p.name, p => Matrix(p.parameter));

    /// <summary>One sample's real tokens "T D" to "T D".</summary>
    public double[,] Attend(double[,] hidden_TD)
    {
        var length = hidden_TD.GetLength(0);
        var (members, globals) = Globals(hidden_TD);
        var (query, key, value) = (Times(hidden_TD, "q.weight"), Times(hidden_TD, "k.weight"), Times(hidden_TD, "v.weight"));
        var (globalKey, globalValue) = globals.GetLength(0) > 0 ? (Times(globals, "k.weight"), Times(globals, "v.weight"))
            : (globals, globals);
        var joined = new double[length, shape.Attended];
        for (var t = 0; t < length; t++)
            for (var h = 0; h < shape.Heads; h++)
            {
                List<(double Score, double[,] From, int Row)> seen = [];
                for (var s = 0; s < length; s++)
                {
                    if (Math.Abs(s - t) > radius || (causal && s > t)) continue;
                    seen.Add((Dot(query, t, key, s, h) + weights["relative_attention_bias.weight"][Bucket(s - t), h], value, s));
                }
                for (var g = 0; g < members.Count; g++)
                {
                    var own = members.FindIndex(m => m.Start <= t && t < m.End);
                    if (causal && members[g].End > t / perBlock * perBlock) continue;
                    var from = causal ? t / perBlock : own;
                    seen.Add((Dot(query, t, globalKey, g, h) + weights["global_relative_attention_bias.weight"][Bucket(g - from), h],
                        globalValue, g));
                }
                var total = seen.Sum(s => Math.Exp(s.Score));
                foreach (var (score, from, row) in seen)
                    for (var e = 0; e < shape.HeadWidth; e++)
                        joined[t, h * shape.HeadWidth + e] += Math.Exp(score) / total * from[row, h * shape.HeadWidth + e];
            }
        return Times(joined, "o.weight");
    }

    private (List<BaseSpan> Members, double[,] Globals) Globals(double[,] hidden_TD)
    {
        var (length, width) = (hidden_TD.GetLength(0), hidden_TD.GetLength(1));
        List<BaseSpan> members = [];
        if (causal && perBlock > 0)
            for (var g = 0; (g + 1) * perBlock < length; g++) members.Add(new(g * perBlock, (g + 1) * perBlock));
        if (!causal && blocks > 0)
        {
            // Token t of n is in block t * k / n, rounded down: blocks begin at the rounded-up multiples of n / k.
            var used = Math.Min(blocks, length);
            for (var g = 0; g < used; g++) members.Add(new((g * length + used - 1) / used, ((g + 1) * length + used - 1) / used));
        }
        var globals = new double[members.Count, width];
        for (var g = 0; g < members.Count; g++)
        {
            var square = 0.0;
            for (var d = 0; d < width; d++)
            {
                for (var t = members[g].Start; t < members[g].End; t++) globals[g, d] += hidden_TD[t, d];
                square += globals[g, d] * globals[g, d];
            }
            for (var d = 0; d < width; d++)
                globals[g, d] *= weights["global_input_layer_norm.weight"][d, 0] / Math.Sqrt(square / width + shape.NormEpsilon);
        }
        return (members, globals);
    }

    private int Bucket(int offset) => RelativeBuckets.Of(offset, causal, shape.Buckets, shape.Farthest);

    private double Dot(double[,] query, int t, double[,] key, int s, int h)
    {
        var sum = 0.0;
        for (var e = 0; e < shape.HeadWidth; e++) sum += query[t, h * shape.HeadWidth + e] * key[s, h * shape.HeadWidth + e];
        return shape.ScaleScores ? sum / Math.Sqrt(shape.HeadWidth) : sum;
    }

    private double[,] Times(double[,] rows, string name)
    {
        var weight = weights[name];
        var result = new double[rows.GetLength(0), weight.GetLength(0)];
        for (var r = 0; r < result.GetLength(0); r++)
            for (var o = 0; o < result.GetLength(1); o++)
                for (var i = 0; i < weight.GetLength(1); i++) result[r, o] += rows[r, i] * weight[o, i];
        return result;
    }

    private static double[,] Matrix(Tensor tensor)
    {
        var flat = tensor.detach().data<float>().ToArray();
        var (rows, columns) = ((int)tensor.shape[0], tensor.shape.Length > 1 ? (int)tensor.shape[1] : 1);
        var matrix = new double[rows, columns];
        for (var i = 0; i < flat.Length; i++) matrix[i / columns, i % columns] = flat[i];
        return matrix;
    }
}
