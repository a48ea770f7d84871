namespace MyPlugin.Tests;

public sealed class SourceTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void Rows_become_samples_with_labels()
    {
        File.WriteAllText(file, "sequence,label\nacgt,one\nGGCC,two\n");
        var source = Source().Open(Split.Train)!;
        Assert.Equal(["ACGT one", "GGCC two"],
            Enumerable.Range(0, (int)source.Count).Select(i => source.Get(i, new SeededRandom())).Select(s => $"{s.Sequence} {s.Label}"));
    }

    [Fact]
    public void A_faulty_row_is_named()
    {
        File.WriteAllText(file, "sequence,label\nACGT,one\nACGT\n");
        Assert.Contains(":3: 'ACGT' is not SEQUENCE,LABEL", Assert.Throws<DataException>(() => Source().Open(Split.Train)!.Count).Message);
    }

    [Fact]
    public void Its_options_are_kept() =>
        OptionsChecks.Run(new Workbench(new Entry()).Offer<IDataSource>("my-plugin"), new { Train = "x" });

    private IDataSource Source() => new Workbench(new Entry()).Build<IDataSource>("my-plugin", new { Train = file });
}
