namespace MyPlugin.Tests;

/// <summary>What "host plugins verify" tries, without the components of other plugins.</summary>
public sealed class ContractTests
{
    [Fact]
    public void Every_component_keeps_the_contract()
    {
        var bench = new Workbench(new Entry()) { Folder = AppContext.BaseDirectory };
        Assert.DoesNotContain(new Conformance(bench, Examples.Of(AppContext.BaseDirectory)).Run(), v => v.Outcome == Outcome.Broken);
    }
}
