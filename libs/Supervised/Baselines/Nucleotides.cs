namespace PluginHost.Libs.Supervised;

/// <summary>Tells sequences of nucleotides from those of other alphabets, of which features of bases say nothing.</summary>
internal static class Nucleotides
{
    /// <summary>Whether all samples are of nucleotides.</summary>
    public static bool AreAll(IReadOnlyCollection<Sample> samples) => samples.All(s => Alphabet.Dna.FindForeign(s.Sequence) < 0);
}
