using PluginHost.Libs.Genomics.Variants;

namespace PluginHost.Data.Tests.Genomics;

/// <summary>Equal changes have equal forms.</summary>
public sealed class AlleleFormTests
{
    private const string Chromosome = "GGCACACATTT";

    [Theory]
    // Every way of taking one CA out of the repeat, and one T.
    [InlineData(6, "CA", "", 2, "CA", "")]
    [InlineData(3, "ACA", "A", 2, "CA", "")]
    [InlineData(1, "GCA", "G", 2, "CA", "")]
    [InlineData(9, "TT", "T", 8, "T", "")]
    // Of putting one in.
    [InlineData(8, "", "CA", 2, "", "CA")]
    [InlineData(5, "A", "ACA", 2, "", "CA")]
    // Both sides trimmed; a substitution stays where it is.
    [InlineData(1, "GCAC", "GTAC", 2, "C", "T")]
    [InlineData(0, "G", "A", 0, "G", "A")]
    [InlineData(0, "GG", "G", 0, "G", "")]
    [InlineData(2, "CA", "CA", 4, "", "")]
    public void A_change_has_one_form(long position, string reference, string alternative, long at, string taken, string put) =>
        Assert.Equal(new AlleleForm(at, taken, put), AlleleForm.Of(position, reference, alternative, p => Chromosome[(int)p]));
}
