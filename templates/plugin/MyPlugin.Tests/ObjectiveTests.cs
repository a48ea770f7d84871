namespace MyPlugin.Tests;

public sealed class ObjectiveTests
{
    private readonly Workbench bench = new(new Entry(), new StandIns());

    [Fact]
    public void It_keeps_the_contract()
    {
        using var model = Model();
        ObjectiveChecks.Run(model, SampleDna.RichAndPoor(8, 10, 30));
    }

    [Fact]
    public void Classes_follow_the_share_of_G_and_C()
    {
        using var model = Model();
        using var batch = model.Collate([new("poor", "AATTG"), new("rich", "GGCCA")]);
        Assert.Equal([0L, 1L], batch[Keys.Class].data<long>().ToArray());
    }

    [Fact]
    public void Its_options_are_kept() => OptionsChecks.Run(bench.Offer<IObjective>("my-plugin"));

    private ModelUnderTest Model()
    {
        bench.UseTokenizer("bases");
        bench.UseBackbone("mixing");
        // The head it asks for by name comes with the host; here another stands in for it.
        return new(bench, bench.Build<IObjective>("my-plugin"),
            new Dictionary<string, ComponentSpec> { ["class"] = new("mean-of-tokens") });
    }
}
