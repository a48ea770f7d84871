using PluginHost.Libs.Motifs;

namespace PluginHost.Data.Tests.Motifs;

public sealed class MotifFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pluginhost-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string File(string text)
    {
        var path = Path.Combine(folder, "motifs.txt");
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private static readonly Motif[] two =
    [
        Motif.Of("MA1", ["ACGTA", "ACGTT", "ACCTA", "ACGTA"]) with { Name = "first", Significance = 0.001 },
        Motif.Of("MA2", ["GGG", "GGC"]),
    ];

    [Fact]
    public void Meme_files_are_read_as_written()
    {
        var read = MotifFile.Read(File(MemeFormat.Write(two)));

        Assert.Equal([("MA1", "first", 4, 5), ("MA2", "", 2, 3)], read.Select(m => (m.Id, m.Name, m.Sites, m.Width)));
        Assert.Equal(two[0].Frequencies_WA.Cast<double>(), read[0].Frequencies_WA.Cast<double>(), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(0.001, read[0].Significance);
    }

    [Fact]
    public void Jaspar_files_are_read_as_written()
    {
        var read = MotifFile.Read(File(JasparFormat.Write(two)));

        Assert.Equal([("MA1", "first", 4, 5), ("MA2", "", 2, 3)], read.Select(m => (m.Id, m.Name, m.Sites, m.Width)));
        Assert.Equal(two[0].Frequencies_WA.Cast<double>(), read[0].Frequencies_WA.Cast<double>());
    }

    [Fact]
    public void Matrices_without_letters_are_read()
    {
        var read = MotifFile.Read(File(">M.1\n1 0\n0 2\n1 0\n0\t0\n"));

        Assert.Equal([0.5, 0, 0.5, 0, 0, 1, 0, 0], read[0].Frequencies_WA.Cast<double>());
    }

    [Theory]
    [InlineData("MEME version 4\n\nALPHABET= ACDEFGHIKLMNPQRSTVWY\n", "motifs.txt:3: the alphabet is not ACGT")]
    [InlineData("MEME version 4\nALPHABET= ACGU\n", "motifs.txt:2: the alphabet is not ACGT")]
    [InlineData("MEME version 4\nMOTIF a\nletter-probability matrix: alength= 4 w= 2 nsites= 3 E= 0\n0.2 0.3 0.5 0\n",
        "motifs.txt:3: a should have 2 lines of four numbers, but has 1")]
    [InlineData("MEME version 4\nMOTIF a\nletter-probability matrix: alength= 4 w= 1\n0.2 0.3 0.1 0\n",
        "motifs.txt:4: position 1 of a sums to 0.6")]
    [InlineData("MEME version 4\nletter-probability matrix: alength= 4 w= 1\n0.2 0.3 0.5 0\n",
        "motifs.txt:2: a matrix stands before any MOTIF")]
    [InlineData("MEME version 4\n", "holds no motif")]
    [InlineData(">a\nA [ 1 2 ]\nC [ 1 2 ]\nG [ 1 ]\nT [ 1 2 ]\n", "motifs.txt:4: a has 1 counts of G, but 2 of A")]
    [InlineData(">a\nA [ 1 ]\nG [ 1 ]\nC [ 1 ]\nT [ 1 ]\n", "motifs.txt:3: the counts of C should stand here, not those of G")]
    [InlineData(">a\n1\n1\n", "motifs.txt:1: a has 2 lines of counts instead of four")]
    [InlineData(">a\n0\n0\n0\n0\n", "position 1 of a has no counts")]
    [InlineData(">a\n1\n-1\n0\n0\n", "motifs.txt:3: '-1' is no count")]
    [InlineData("sequence,label\n", "these are no motifs")]
    public void Damage_is_named_with_its_line(string text, string said) =>
        Assert.Contains(said, Assert.Throws<DataException>(() => MotifFile.Read(File(text))).Message);

    [Fact]
    public void The_consensus_is_Caveners()
    {
        var motif = new Motif("a", "",
            new[,] { { 0.6, 0.2, 0.1, 0.1 }, { 0.4, 0.1, 0.4, 0.1 }, { 0.3, 0.3, 0.2, 0.2 }, { 0.5, 0.3, 0.1, 0.1 } });

        Assert.Equal("ARNM", motif.Consensus);
        Assert.Equal("KNYT", motif.ReverseComplement().Consensus);
    }
}
