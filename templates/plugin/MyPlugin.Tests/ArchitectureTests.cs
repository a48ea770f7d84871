namespace MyPlugin.Tests;

public sealed class ArchitectureTests
{
    private readonly Workbench bench = new(new Entry(), new StandIns());

    [Fact]
    public void It_keeps_the_contract() => ModelChecks.Run(() =>
    {
        bench.UseTokenizer("bases");
        bench.UseBackbone("my-plugin", new { Width = 16, Layers = 2, Reach = 2 });
        return new ModelUnderTest(bench, bench.Build<IObjective>("two-classes"));
    }, SampleDna.RichAndPoor(10, 10, 30));

    [Fact]
    public void Its_options_are_kept() => OptionsChecks.Run(bench.Offer<Backbone>("my-plugin"));
}
