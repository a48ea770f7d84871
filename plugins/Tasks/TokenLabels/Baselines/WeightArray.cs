namespace PluginHost.Plugins.TokenLabels;

/// <summary>
/// Weight array model (Zhang and Marr 1993) by Bayes' rule: the class of a base given the bases around it, each of which depends on its
/// left neighbour.
/// The field's classic for splice sites; fitted by counting, with one pseudocount a dinucleotide.
/// </summary>
/// <param name="classes">Number of classes.</param>
/// <param name="flank">Bases on either side.</param>
internal sealed class WeightArray(int classes, int flank) : IItemModel
{
    // Digits 0-3 are A, C, G, T; 4 is any other letter or none, behind an end.
    private const int Digits = 5;
    private readonly double[] priors = new double[classes];
    private readonly double[,,] pairs = new double[classes, 2 * flank + 1, Digits * Digits];
    private double[,,]? logs;
    private (Sample? Sample, byte[] Digits) last = (null, []);

    public void Add(Sample sample, long[] labels)
    {
        logs = null;
        var digits = Read(sample.Sequence);
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] < 0) continue;
            priors[labels[i]]++;
            for (var o = -flank; o <= flank; o++) pairs[labels[i], o + flank, Pair(digits, i + o)]++;
        }
    }

    public double[] Predict(Sample sample, int place)
    {
        logs ??= Logs();
        if (!ReferenceEquals(last.Sample, sample)) last = (sample, Read(sample.Sequence));
        var digits = last.Digits;
        var scores = MajorityModel.Frequencies(priors).Select(p => Math.Log(Math.Max(p, 1e-12))).ToArray();
        for (var c = 0; c < scores.Length; c++)
            for (var o = 0; o <= 2 * flank; o++) scores[c] += logs[c, o, Pair(digits, place + o - flank)];
        var largest = scores.Max();
        return MajorityModel.Frequencies([.. scores.Select(s => Math.Exp(s - largest))]);
    }

    private static byte[] Read(string sequence) => [.. sequence.Select(b => (byte)("ACGT".IndexOf(b) is var d and >= 0 ? d : 4))];

    private static int Pair(byte[] digits, int place) => Digits * Digit(digits, place - 1) + Digit(digits, place);

    private static int Digit(byte[] digits, int place) => (uint)place < (uint)digits.Length ? digits[place] : 4;

    /// <summary>Log probability of each base given its left neighbour, by class and offset.</summary>
    private double[,,] Logs()
    {
        var table = new double[pairs.GetLength(0), pairs.GetLength(1), Digits * Digits];
        for (var c = 0; c < table.GetLength(0); c++)
            for (var o = 0; o < table.GetLength(1); o++)
                for (var left = 0; left < Digits; left++)
                {
                    var total = 0.0;
                    for (var right = 0; right < Digits; right++) total += pairs[c, o, Digits * left + right] + 1;
                    for (var right = 0; right < Digits; right++)
                        table[c, o, Digits * left + right] = Math.Log((pairs[c, o, Digits * left + right] + 1) / total);
                }
        return table;
    }
}
