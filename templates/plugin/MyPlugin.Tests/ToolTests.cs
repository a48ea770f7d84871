namespace MyPlugin.Tests;

/// <summary>What it computes is tried by the pipeline, which runs it as a stage.</summary>
public sealed class ToolTests
{
    [Fact]
    public void Its_options_are_kept() =>
        OptionsChecks.Run(new Workbench(new Entry()).Offer<ITool>("my-plugin neighbours"), new { Input = "x.csv", Output = "y.tsv" });
}
