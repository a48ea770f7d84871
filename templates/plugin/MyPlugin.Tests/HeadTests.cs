namespace MyPlugin.Tests;

public sealed class HeadTests
{
    private readonly Workbench bench = new(new Entry(), new StandIns());

    [Fact]
    public void It_keeps_the_contract() => ModelChecks.Run(() =>
    {
        bench.UseTokenizer("bases");
        bench.UseBackbone("mixing");
        return new ModelUnderTest(bench, bench.Build<IObjective>("two-classes"),
            new Dictionary<string, ComponentSpec> { ["class"] = new("my-plugin") });
    }, SampleDna.RichAndPoor(10, 10, 30));

    [Fact]
    public void Its_options_are_kept() => OptionsChecks.Run(bench.Offer<Head>("my-plugin"));
}
