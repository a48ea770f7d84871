using PluginHost;

namespace Contrast;

/// <summary>
/// Draws two views of a sequence: a random stretch, with random substitutions, of either strand. With 'crop: 1', 'mutations: 0' and no
/// reverse complement both are the sequence itself, and the model's dropout alone tells them apart (SimCSE, Gao et al. 2021).
/// </summary>
/// <param name="options">How far views are from the sequence.</param>
internal sealed class Views(ContrastOptions options)
{
    public Sample Draw(Sample sample, SeededRandom random)
    {
        var bases = sample.Sequence;
        var length = random.Next(Math.Max(1, (int)Math.Ceiling(options.Crop * bases.Length)), bases.Length + 1);
        var start = random.Next(0, bases.Length - length + 1);
        var view = bases.Substring(start, length).ToCharArray();
        for (var i = 0; i < view.Length; i++)
            if ("ACGT".IndexOf(view[i], StringComparison.Ordinal) is >= 0 and var place && random.NextDouble() < options.Mutations)
                view[i] = "ACGT"[(place + random.Next(1, 4)) % 4];
        var drawn = new string(view);
        if (options.ReverseComplement && random.Next(2) == 1) drawn = Iupac.ReverseComplement(drawn);
        return sample with { Sequence = drawn, Place = null };
    }
}
